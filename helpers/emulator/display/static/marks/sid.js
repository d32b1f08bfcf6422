// A SID: its beginning and its end. Where it stands alone a click copies all of it; in a row it is the row's link.

import { toast } from "../components/toast.js";
import { Link } from "../core/router.js";
import { shortSid } from "../core/text.js";
import { useRow } from "../lists/row_place.js";
import { html } from "../vendor/preact.js";
import { Glyph } from "./glyph.js";

/** `sid` in short; `to`, a path or a route, makes it a link. */
export function Sid({ sid, to }) {
  const row = useRow();
  const target = to ?? row?.to;
  const short = html`<span class="tr-mono" title=${sid}>${shortSid(sid)}</span>`;
  if (target) return html`<${Link} to=${target} tabindex=${row ? -1 : undefined}>${short}</${Link}>`;
  if (row) return short;
  return html`<button type="button" class="tr-sid" onClick=${() => copyText(sid)}>
    <span class="tr-spoken">Copy </span>${short}<${Glyph} name="copy" />
  </button>`;
}

/** Put a text on the clipboard and say so. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast({ tone: "good", text: "Copied" });
  } catch {
    toast({ tone: "info", text: `The browser keeps its clipboard to itself. Copy it here: ${text}` });
  }
}
