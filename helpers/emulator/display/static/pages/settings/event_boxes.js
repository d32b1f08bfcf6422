// A box for each type of event, by kind of resource; the box of a kind stands for all of its events.

import { html } from "../../vendor/preact.js";
import { kindsOf, withNames } from "./events_filter.js";

/** `names` are those in the filter, `types` all that exist; `filter(text)` takes the new filter. */
export function EventBoxes({ names, types, filter }) {
  const check = (of, isOn) => filter(withNames(names, of, isOn, types));
  return html`<div class="tr-settings-kinds">
    ${kindsOf(types).map(([kind, all]) => html`<${Kind} key=${kind} ...${{ kind, all, names, check }} />`)}
  </div>`;
}

function Kind({ kind, all, names, check }) {
  const checked = all.filter((type) => names.includes(type));
  const isWhole = checked.length === all.length;
  return html`<fieldset>
    <legend><${Box} checked=${isWhole} mixed=${checked.length > 0 && !isWhole} turn=${(isOn) => check(all, isOn)}>${kind}<//></legend>
    ${all.map((type) => html`<${Box} key=${type} checked=${names.includes(type)} turn=${(isOn) => check([type], isOn)}>${type.slice(kind.length + 1)}<span class="tr-spoken"> (${kind})</span><//>`)}
  </fieldset>`;
}

function Box({ checked, mixed = false, turn, children }) {
  return html`<label class="tr-check">
    <input type="checkbox" checked=${checked} indeterminate=${mixed} onChange=${({ target }) => turn(target.checked)} /><span>${children}</span>
  </label>`;
}
