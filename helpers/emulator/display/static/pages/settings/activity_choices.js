// The Activity of a new Worker, and the one of a Worker who let an offer time out.

import { Field } from "../../components/field.js";
import { useRecords } from "../../core/store.js";
import { Name } from "../../marks/name.js";
import { Note } from "../../marks/note.js";
import { html } from "../../vendor/preact.js";

const FIELDS = [
  { name: "default_activity_sid", label: "Default Activity", hint: "of a Worker who is created without one" },
  { name: "timeout_activity_sid", label: "Timeout Activity", hint: "of a Worker who lets an offer time out" },
];

/** As `GeneralSettings`. */
export function ActivityChoices({ settings, set }) {
  const activities = useRecords("activities");
  const timeout = activities.find(({ sid }) => sid === settings.timeout_activity_sid);
  return html`
    ${FIELDS.map(
      ({ name, label, hint }) => html`<${Field} key=${name} label=${label} hint=${hint}>
        <select class="tr-input" name=${name} value=${settings[name] ?? ""} onChange=${({ target }) => set({ [name]: target.value })}>
          ${!settings[name] && html`<option value="">None</option>`}
          ${activities.map((each) => html`<option key=${each.sid} value=${each.sid}>${each.friendly_name} (${each.available ? "available" : "not available"})</option>`)}
        </select>
      <//>`,
    )}
    ${timeout?.available && html`<${Note} tone="wait"><${Name} text=${timeout.friendly_name} /> is available, so TaskRouter can offer the same Task to the same Worker again.<//>`}
  `;
}
