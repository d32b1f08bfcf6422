// Good news, one at a time: who has some says it here, and the place for it shows it.

import { useLayoutEffect, useReducer } from "../vendor/preact.js";

const listeners = new Set();
const current = { news: null };

/** Say something good, such as `{tone: "offer", text: "Alice is reserved", action: {text: "Undo", onClick}}`. */
export function toast(news) {
  current.news = news;
  for (const listener of [...listeners]) listener();
}

/** Take news away, unless others have come by now. */
export function endNews(news) {
  if (current.news === news) toast(null);
}

/** The news of now, or null. */
export function useNews() {
  const [, redraw] = useReducer((count) => count + 1, 0);
  useLayoutEffect(() => {
    listeners.add(redraw);
    return () => listeners.delete(redraw);
  }, []);
  return current.news;
}

/** Put a text on the clipboard and say so. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast({ tone: "good", text: "Copied" });
  } catch {
    toast({ tone: "info", text: `The browser doesn't allow access to the clipboard. Copy the text here: ${text}` });
  }
}
