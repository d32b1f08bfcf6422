// A verdict: a tint, a shape, a few bold words, a sentence, and what can be done.

import { html } from "../vendor/preact.js";
import { Glyph } from "./glyph.js";

const GLYPHS = { good: "tick", wait: "warning", bad: "cross", info: "info", done: "info" };

/** `tone` is good, wait, bad, info or done; `children` the sentence; `buttons` up to three. */
export function Note({ tone = "info", glyph = GLYPHS[tone], bold, children, buttons, ...rest }) {
  return html`<div class="tr-note" data-tone=${tone} ...${rest}>
    <${Glyph} name=${glyph} />
    <div>
      ${bold && html`<b>${bold}</b>${" "}`}${children}
      ${buttons && html`<div class="tr-note-buttons">${buttons}</div>`}
    </div>
  </div>`;
}
