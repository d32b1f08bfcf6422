// Keys of the page. What a key does stands where it can be done: a button or field with `aria-keyshortcuts` is pressed by it,
// that of the row with the focus first. Only what has no button has its place in `startKeys`.

import { keepChoice, readChoice } from "./stored.js";

const AFTER_G_MS = 1500;
const TYPING = "input, textarea, select, [contenteditable], [role=menu]";

/** True unless the reader turned off keys that are a single letter (WCAG 2.1.4). */
export function singleKeys() {
  return readChoice("keys") !== "off";
}

/** Turn single keys on or off. */
export function setSingleKeys(on) {
  keepChoice("keys", on ? "on" : "off");
  document.documentElement.toggleAttribute("data-no-keys", !on);
}

/**
 * Listen to keys. `after(letter)` goes where G and the letter lead, and says whether that is anywhere; `keys` has what other
 * keys do where no button does it; `palette` is what Ctrl K or ⌘ K does.
 */
export function startKeys({ after, keys, palette }) {
  let sinceG = Number.NEGATIVE_INFINITY;
  setSingleKeys(singleKeys());
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const done = event.ctrlKey || event.metaKey ? chord(event, palette) : plain(event);
    if (done) event.preventDefault();
  });

  function plain(event) {
    if (event.key === "Escape") return closeDrawer();
    if (event.altKey || !singleKeys() || event.target.closest(TYPING) || document.querySelector("dialog[open]"))
      return false;
    const key = event.key.toLowerCase();
    const afterG = event.timeStamp - sinceG < AFTER_G_MS;
    sinceG = key === "g" && !afterG ? event.timeStamp : Number.NEGATIVE_INFINITY;
    if (key === "g" && !afterG) return true;
    if (afterG) return after(key);
    const does = pressing(key) || keys[key];
    does?.();
    return Boolean(does);
  }
}

function chord(event, palette) {
  if (event.key.toLowerCase() === "k" && !event.shiftKey && !event.altKey) return palette() ?? true;
  return event.key === "Enter" && pressMain();
}

/** Press the main button of what lies on top: of the dialog, else of the drawer, else of the page; never one below. */
function pressMain() {
  const [top] = ["dialog[open]", ".tr-drawer", ".tr-page-head, .tr-page-foot"]
    .map((selector) => [...document.querySelectorAll(selector)])
    .filter((places) => places.length);
  const button = top
    ?.flatMap((each) => [...each.querySelectorAll("button[data-kind=main]")])
    .find((each) => each.getClientRects().length);
  button?.click();
  return Boolean(button);
}

/** Close what lies beside the list, unless something over it is closed by the same key. */
function closeDrawer() {
  if (document.querySelector("dialog[open], :popover-open")) return false;
  const button = document.querySelector(".tr-drawer [data-close]");
  button?.click();
  return Boolean(button);
}

/** What presses the button of a key, or puts the focus into its field. */
function pressing(key) {
  const row = document.activeElement?.closest("tr");
  const places = [row, ...document.querySelectorAll(".tr-drawer"), document.body].filter(Boolean);
  const selector = `[aria-keyshortcuts="${CSS.escape(key.toUpperCase())}"]`;
  const found = places
    .flatMap((place) => [...place.querySelectorAll(selector)])
    .find((each) => each.getClientRects().length);
  return found && (() => (found.matches("input, textarea") ? found.select() : found.click()));
}
