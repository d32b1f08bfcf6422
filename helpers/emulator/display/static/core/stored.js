// Choices of the reader that stay in this browser: the theme, whether single keys do something.

const BEFORE = "taskrouter-";

/** What was chosen under `name`, or null. */
export function readChoice(name) {
  try {
    return localStorage.getItem(BEFORE + name);
  } catch {
    return null; // storage may be turned off: then a choice lasts as long as the page
  }
}

/** Keep a choice. */
export function keepChoice(name, value) {
  try {
    localStorage.setItem(BEFORE + name, value);
  } catch {
    // see readChoice
  }
}
