// Tabs: arrows move and choose; the panel, if it is given as children, belongs to the chosen one.

import { useId } from "../hooks/ids.js";
import { rove } from "../lists/roving.js";
import { html } from "../vendor/preact.js";

/** `tabs` are `{key, text, count}`; `label` names them together. */
export function Tabs({ tabs, chosen, choose, label, children }) {
  const id = useId();
  const move = (event) => rove(event, "[role=tab]")?.click();
  return html`<div class="tr-tablist" role="tablist" aria-label=${label} onKeyDown=${move}>
      ${tabs.map(
        ({ key, text, count }) => html`<button
          type="button"
          role="tab"
          key=${key}
          id=${`${id}-${key}`}
          aria-selected=${key === chosen ? "true" : "false"}
          tabindex=${key === chosen ? 0 : -1}
          onClick=${() => choose(key)}
        >
          <span>${text}</span>${count === undefined ? null : html`<span class="tr-count tr-figures">${count}</span>`}
        </button>`,
      )}
    </div>
    ${children && html`<div class="tr-tabpanel" role="tabpanel" aria-labelledby=${`${id}-${chosen}`}>${children}</div>`}`;
}
