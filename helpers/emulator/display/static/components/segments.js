// A choice among a few, all in sight, each with how many there are of it.

import { rove } from "../lists/roving.js";
import { Glyph } from "../marks/glyph.js";
import { html } from "../vendor/preact.js";

/** `items` are `{key, text, glyph, count}`; `label` says what is chosen. One stop of the Tab key. */
export function Segments({ items, chosen, choose, label }) {
  const stop = items.some(({ key }) => key === chosen) ? chosen : items[0]?.key;
  return html`<div class="tr-segments" role="group" aria-label=${label} onKeyDown=${(event) => rove(event, "button")}>
    ${items.map(
      ({ key, text, glyph, count }) => html`<button
        type="button"
        key=${key}
        aria-pressed=${key === chosen ? "true" : "false"}
        tabindex=${key === stop ? 0 : -1}
        onClick=${() => choose(key)}
      >
        ${glyph && html`<${Glyph} name=${glyph} />`}<span>${text}</span>
        ${count === undefined ? null : html`<span class="tr-count tr-figures">${count.toLocaleString("en")}</span>`}
      </button>`,
    )}
  </div>`;
}
