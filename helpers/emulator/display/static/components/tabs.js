// Tabs: arrows move and choose; the panel, if it is given as children, belongs to the chosen one.

import { useId } from "../hooks/ids.js";
import { rove } from "../lists/roving.js";
import { html, useLayoutEffect, useRef } from "../vendor/preact.js";

/** `tabs` are `{key, text, count}`; `label` names them together. */
export function Tabs({ tabs, chosen, choose, label, children }) {
  const id = useId();
  const list = useRef();
  useLayoutEffect(() => showWhole(list.current), [chosen]);
  const move = (event) => rove(event, "[role=tab]")?.click();
  return html`<div class="tr-tablist" ref=${list} role="tablist" aria-label=${label} onKeyDown=${move}>
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

/** Scroll the row of tabs sideways, and nothing else, until the chosen one is in sight. */
function showWhole(list) {
  const tab = list.querySelector("[aria-selected=true]")?.getBoundingClientRect();
  const { left, right } = list.getBoundingClientRect();
  if (tab) list.scrollLeft += Math.max(0, tab.right - right) + Math.min(0, tab.left - left);
}
