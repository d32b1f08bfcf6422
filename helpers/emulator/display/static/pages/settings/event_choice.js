// Which events the Workspace sends: all, or those whose boxes are checked. The box of a kind stands for all of its events, and
// the list below them is what TaskRouter stores.

import { Field } from "../../components/field.js";
import { Segments } from "../../components/segments.js";
import { Note } from "../../marks/note.js";
import { html } from "../../vendor/preact.js";
import { UnknownTypes } from "../unknown_types.js";
import { kindsOf, namesIn, unknownIn, withNames } from "./events_filter.js";

const CHOICES = [
  { key: "all", text: "All events" },
  { key: "chosen", text: "Chosen events" },
];

/** `filter` is the list as text, `types` all types of events; `isChosen` says that not all are sent, `set` changes both. */
export function EventChoice({ filter, types, isChosen, isSaved, set, error }) {
  const names = namesIn(filter);
  const unknown = unknownIn(names, types);
  const check = (of, isOn) => set({ isChosen: true, filter: withNames(names, of, isOn, types) });
  return html`<div class="tr-labelled">
    <div class="tr-labelled-head"><span class="tr-queue-label">Events sent</span></div>
    <${Segments} label="Events sent" items=${CHOICES} chosen=${isChosen ? "chosen" : "all"} choose=${(key) => set({ isChosen: key === "chosen", filter: key === "chosen" ? filter : "" })} />
    ${
      isChosen &&
      html`<div class="tr-settings-kinds">
        ${kindsOf(types).map(([kind, all]) => html`<${Kind} key=${kind} kind=${kind} all=${all} names=${names} check=${check} />`)}
      </div>
      <${Field} label="Events filter" hint="as TaskRouter stores it, separated by commas" error=${error}>
        <textarea class="tr-input" name="events_filter" rows="3" dir="ltr" spellcheck=${false} value=${filter} onInput=${({ target }) => set({ isChosen: true, filter: target.value })}></textarea>
      <//>
      ${isSaved ? html`<${UnknownTypes} />` : unknown.length > 0 && html`<${Note} tone="wait" bold="No event has this type:">${unknown.join(", ")}. TaskRouter accepts the filter all the same.<//>`}`
    }
  </div>`;
}

function Kind({ kind, all, names, check }) {
  const checked = all.filter((type) => names.includes(type));
  return html`<fieldset>
    <legend>
      <${Box} checked=${checked.length === all.length} mixed=${checked.length > 0 && checked.length < all.length} turn=${(isOn) => check(all, isOn)}>${kind}<//>
    </legend>
    ${all.map((type) => html`<${Box} key=${type} checked=${names.includes(type)} turn=${(isOn) => check([type], isOn)}>${type.slice(kind.length + 1)}<span class="tr-spoken"> (${kind})</span><//>`)}
  </fieldset>`;
}

function Box({ checked, mixed = false, turn, children }) {
  return html`<label class="tr-check">
    <input type="checkbox" checked=${checked} indeterminate=${mixed} onChange=${({ target }) => turn(target.checked)} /><span>${children}</span>
  </label>`;
}
