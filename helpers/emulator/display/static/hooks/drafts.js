// What was typed and not yet saved, kept for this tab by address: it survives Back, a reload, and an emulator that stops.

import { dropForTab, keepForTab, readForTab } from "../core/stored.js";
import { useState } from "../vendor/preact.js";

/**
 * `[value, set, drop]` of a draft by name, `first` until something is set; `drop` forgets it, as after saving. The name says
 * what the draft is of: in a cell all drafts of a page have one address.
 */
export function useDraft(name, first) {
  const [key] = useState(() => `draft ${location.pathname} ${name}`);
  const [value, show] = useState(() => readForTab(key) ?? first);
  const set = (next) => {
    show(next);
    keepForTab(key, next);
  };
  const drop = () => {
    show(first);
    dropForTab(key);
  };
  return [value, set, drop];
}
