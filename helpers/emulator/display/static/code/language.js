// The language in which code is shown: one choice for all of a page, remembered.

import { useLayoutEffect, useReducer } from "../vendor/preact.js";

const KEY = "taskrouter-language";
const listeners = new Set();
const current = { language: null };

/** The language, "python", "node" or "curl", and a function that chooses another. */
export function useLanguage() {
  const [, redraw] = useReducer((count) => count + 1, 0);
  useLayoutEffect(() => {
    listeners.add(redraw);
    return () => listeners.delete(redraw);
  }, []);
  current.language ??= read() ?? "python";
  return [current.language, choose];
}

function choose(language) {
  current.language = language;
  try {
    localStorage.setItem(KEY, language);
  } catch {} // a browser that keeps nothing: it lasts as long as the page
  for (const listener of [...listeners]) listener();
}

function read() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
