// The emulator's clock. While it stands nothing ticks; while it runs one timer serves everything that shows time, and none
// does while the page is hidden.

import { useLayoutEffect, useReducer, useRef } from "../vendor/preact.js";
import { store, subscribe } from "./store.js";

const shown = new Set();
const current = { at: 0, heard: 0, timer: null };

/** The emulator's time now, in epoch milliseconds; 0 before it is known. */
export function emulatorNow() {
  const { at } = store.state;
  if (at !== current.at) [current.at, current.heard] = [at, performance.now()];
  return at + (isRunning() ? performance.now() - current.heard : 0);
}

/** What `write(now)` says, and a new drawing whenever it says something else. */
export function useClockText(write) {
  const [, redraw] = useReducer((count) => count + 1, 0);
  const text = write(emulatorNow());
  const last = useRef();
  last.current = { write, text };
  useLayoutEffect(() => {
    const look = () => last.current.write(emulatorNow()) !== last.current.text && redraw();
    shown.add(look);
    wind();
    return () => {
      shown.delete(look);
      wind();
    };
  }, []);
  return text;
}

function isRunning() {
  const { clock, link } = store.state;
  return Boolean(clock?.running) && link === "connected";
}

function tick() {
  for (const look of [...shown]) look();
}

/** Let the timer run if there is anything that it could change. */
function wind() {
  const needed = shown.size > 0 && isRunning() && !document.hidden;
  if (needed === (current.timer !== null)) return;
  if (needed) current.timer = setInterval(tick, 1000);
  else {
    clearInterval(current.timer);
    current.timer = null;
  }
}

subscribe(() => {
  wind();
  tick();
});

document.addEventListener("visibilitychange", () => {
  wind();
  if (!document.hidden) tick();
});
