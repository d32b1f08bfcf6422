// Light or dark: as the system says, unless the reader chose. The page shows the choice before its first paint, so its name
// stands in page_shell.py, too.

import { keepChoice, readChoice } from "./stored.js";

/** What the reader chose: "system", "light" or "dark". */
export function chosenTheme() {
  return readChoice("theme") ?? "system";
}

/** Choose a theme, for now and for later visits. */
export function chooseTheme(theme) {
  keepChoice("theme", theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
