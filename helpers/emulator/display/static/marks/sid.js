// A SID: its beginning and its end. Where it stands alone a click copies all of it; in a row it is the row's link.

import { Link } from "../core/router.js";
import { shortSid } from "../core/text.js";
import { copyText } from "../hooks/news.js";
import { useRow } from "../hooks/row_place.js";
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
