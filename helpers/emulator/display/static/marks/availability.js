// An Activity: its name, and whether a Worker who has it is available.

import { html } from "../vendor/preact.js";
import { Glyph } from "./glyph.js";
import { Name } from "./name.js";

/** `available` is the Activity's, or the Worker's own. */
export function Availability({ available, name }) {
  return html`<span class="tr-availability" data-tone=${available ? "good" : "done"}>
    <${Glyph} name=${available ? "available" : "unavailable"} />
    <b><${Name} text=${name} /></b> <span class="tr-soft">${available ? "available" : "not available"}</span>
  </span>`;
}
