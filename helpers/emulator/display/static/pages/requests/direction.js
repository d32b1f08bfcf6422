// Which way a request went: to the emulator, or from it.

import { Glyph } from "../../marks/glyph.js";
import { html } from "../../vendor/preact.js";
import { titleOf } from "./request_words.js";

/** An arrow, and what kind of request it is for who doesn't see it. */
export function Direction({ request }) {
  return html`<span class="tr-request-way" data-kind=${request.kind}>
    <${Glyph} name=${request.kind === "callback" ? "right" : "left"} /><span class="tr-spoken">${titleOf(request)} </span>
  </span>`;
}
