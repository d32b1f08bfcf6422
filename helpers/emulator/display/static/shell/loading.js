// Before the first state: nothing for as long as nobody wonders, then a word, at the height of three rows.

import { useStore } from "../core/store.js";
import { html, useEffect, useState } from "../vendor/preact.js";

const PATIENCE_MS = 300;

/** A word that appears only if it takes long. */
export function Loading() {
  const [slow, setSlow] = useState(false);
  const link = useStore((state) => state.link);
  useEffect(() => {
    const timer = setTimeout(setSlow, PATIENCE_MS, true);
    return () => clearTimeout(timer);
  }, []);
  return html`<div class="tr-loading" role="status">${slow && link !== "stopped" && "Loading…"}</div>`;
}
