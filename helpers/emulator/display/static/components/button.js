// A button. One that can't be used now says why and keeps the focus.

import { useTabIndex } from "../hooks/row_place.js";
import { Glyph } from "../marks/glyph.js";
import { html } from "../vendor/preact.js";

/**
 * `kind` is "main" (one on a screen: the next sensible step), "plain" or "quiet". `keys` are shown and said, such as "C";
 * keys.js presses the button. `disabled` with `why` is a reason, in a sentence.
 */
export function Button({ kind = "plain", glyph, keys, disabled, why, onClick, children, ...rest }) {
  const tabindex = useTabIndex();
  return html`<button
    type="button"
    class="tr-button"
    data-kind=${kind}
    aria-disabled=${disabled ? "true" : undefined}
    aria-keyshortcuts=${keys}
    title=${disabled ? why : undefined}
    tabindex=${tabindex}
    onClick=${(event) => disabled || onClick?.(event)}
    ...${rest}
  >
    ${glyph && html`<${Glyph} name=${glyph} />`}<span>${children}</span>${keys && html`<kbd aria-hidden="true">${keys}</kbd>`}
    ${disabled && why && html`<span class="tr-spoken">(${why})</span>`}
  </button>`;
}
