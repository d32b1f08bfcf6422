// What stays in this browser: choices of the reader for all visits, and for one tab what is typed or looked at there.

const BEFORE = "taskrouter-";

/** What was chosen under `name`, or null. */
export function readChoice(name) {
  return quietly(() => localStorage.getItem(BEFORE + name));
}

/** Keep a choice. */
export function keepChoice(name, value) {
  quietly(() => localStorage.setItem(BEFORE + name, value));
}

/** What this tab keeps under `name`, or null. */
export function readForTab(name) {
  return quietly(() => JSON.parse(sessionStorage.getItem(BEFORE + name)));
}

/** Keep a value that JSON has, as long as this tab is open. */
export function keepForTab(name, value) {
  quietly(() => sessionStorage.setItem(BEFORE + name, JSON.stringify(value)));
}

/** Keep it no longer. */
export function dropForTab(name) {
  quietly(() => sessionStorage.removeItem(BEFORE + name));
}

/** Do without where storage is turned off or full: then things last as long as the page. */
function quietly(use) {
  try {
    return use();
  } catch {
    return null;
  }
}
