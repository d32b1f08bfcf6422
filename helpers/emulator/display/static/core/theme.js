// Light or dark: as the system says, unless the reader chose. The choice stays in this browser.

const KEY = "taskrouter-theme";

/** What the reader chose: "system", "light" or "dark". */
export function chosenTheme() {
  return read() ?? "system";
}

/** Choose a theme, for now and for later visits. */
export function chooseTheme(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // storage may be turned off: then the choice lasts as long as the page
  }
  showTheme(theme);
}

/** Show the page in a theme; see tokens.css. */
export function showTheme(theme = chosenTheme()) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function read() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
