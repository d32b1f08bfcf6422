// The language in which code is shown: one choice for all of a page, remembered.

import { keepChoice, readChoice } from "../core/stored.js";
import { useLayoutEffect, useReducer } from "../vendor/preact.js";

const listeners = new Set();
const current = { language: null };

/** The language, "python", "node" or "curl", and a function that chooses another. */
export function useLanguage() {
  const [, redraw] = useReducer((count) => count + 1, 0);
  useLayoutEffect(() => {
    listeners.add(redraw);
    return () => listeners.delete(redraw);
  }, []);
  current.language ??= readChoice("language") ?? "python";
  return [current.language, choose];
}

function choose(language) {
  current.language = language;
  keepChoice("language", language);
  for (const listener of [...listeners]) listener();
}
