// A field for a whole number, kept as it was typed.

import { html } from "../../vendor/preact.js";

/** `value` is text, `type(text)` gets the next one; the rest are attributes of the `input`. */
export function Digits({ value, type, ...rest }) {
  return html`<input ...${rest} class="tr-input" inputmode="numeric" autocomplete="off" value=${value} onInput=${({ target }) => type(target.value)} />`;
}
