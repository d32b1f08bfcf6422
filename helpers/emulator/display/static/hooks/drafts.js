// What was typed and not yet saved, kept for this tab by address: it survives Back, a reload, and an emulator that stops.

import { useState } from "../vendor/preact.js";

/** `[value, set, drop]` of a draft by name, `first` until something is set; `drop` forgets it, as after saving. */
export function useDraft(name, first) {
  const [key] = useState(() => `taskrouter-draft ${location.pathname} ${name}`);
  const [value, show] = useState(() => read(key) ?? first);
  const set = (next) => {
    show(next);
    keep(() => sessionStorage.setItem(key, JSON.stringify(next)));
  };
  const drop = () => {
    show(first);
    keep(() => sessionStorage.removeItem(key));
  };
  return [value, set, drop];
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

/** Do without where the browser keeps nothing, or no more. */
function keep(write) {
  try {
    write();
  } catch {
    // the draft lasts as long as the page
  }
}
