// Where nothing is yet: a fact, a sentence that teaches, one button.

import { html } from "../vendor/preact.js";

/** `children`, such as a line to copy, stand between the text and the `button`. */
export function Empty({ bold, text, button, children }) {
  return html`<div class="tr-nothing">
    <p><b>${bold}</b></p>
    ${text && html`<p>${text}</p>`} ${children} ${button}
  </div>`;
}
