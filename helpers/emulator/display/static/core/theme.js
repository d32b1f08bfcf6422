// Light or dark: as the reader chose; else as the page around its frame, which says so in the frame's name; else as
// the system. The page shows it before its first paint, so the same rule stands in page_shell.py.

import { keepChoice, readChoice } from "./stored.js";

const NAME_OF_FRAME = /^taskrouter-(light|dark)$/;

/** Whose theme the page has until the reader chooses one. */
export const AROUND = parent === window ? "the system" : "the page around it";

/** What the reader chose: "system", "light" or "dark". */
export function chosenTheme() {
  return readChoice("theme") ?? "system";
}

/** Choose a theme, for now and for later visits. */
export function chooseTheme(theme) {
  keepChoice("theme", theme);
  show(theme);
}

/** Change with the page around the frame. */
export function followFrame() {
  addEventListener("message", ({ source, data }) => {
    if (source !== parent || !NAME_OF_FRAME.test(data)) return;
    window.name = data;
    show(chosenTheme());
  });
}

function show(theme) {
  const shown = theme === "system" ? NAME_OF_FRAME.exec(window.name)?.[1] : theme;
  if (shown) document.documentElement.dataset.theme = shown;
  else delete document.documentElement.dataset.theme;
}
