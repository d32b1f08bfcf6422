// The fields of a new Task, each with what is wrong with it.

import { Field } from "../../components/field.js";
import { JsonEditor } from "../../components/json_editor.js";
import { Refusal } from "../../marks/refusal.js";
import { html } from "../../vendor/preact.js";
import { Digits } from "./digits.js";
import { LIMITS } from "./task_draft.js";

/**
 * `draft` has the values, `set(changes)` changes them. `problems` are sentences by field; those of the JSON are shown
 * before `all` are wanted by the editor itself. `refusal` stands at `field`.
 */
export function TaskFields({ draft, set, problems, all, refusal, field, reads, records }) {
  const error = (at) => (at === field && html`<${Refusal} answer=${refusal} />`) || problems[at];
  return html`
    <div class="tr-form">
      <${Field} label="Workflow" error=${error("workflow")}>
        <${Choice} chosen=${draft.workflow} items=${workflows(records)} choose=${(workflow) => set({ workflow })} />
      <//>
      <${JsonEditor}
        label="Attributes"
        tools=${html`<span class="tr-soft">JSON object</span>`}
        value=${draft.attributes}
        limit=${LIMITS.attributes}
        error=${all || field ? error("attributes") : ""}
        suggestions=${reads && { lead: "This Workflow reads", reads }}
        onChange=${(attributes) => set({ attributes })}
        autofocus
      />
      <div class="tr-numbers">
        <${Field} label="Priority" error=${error("priority")}>
          <${Digits} value=${draft.priority} type=${(priority) => set({ priority })} />
        <//>
        <${Field} label="Timeout" hint="s" error=${error("timeout")}>
          <${Digits} value=${draft.timeout} type=${(timeout) => set({ timeout })} />
        <//>
        <${Field} label="Channel" error=${error("channel")}>
          <${Choice} chosen=${draft.channel} items=${channels(records)} choose=${(channel) => set({ channel })} />
        <//>
      </div>
    </div>
  `;
}

function Choice({ chosen, items, choose, ...rest }) {
  const known = items.some(({ key }) => key === chosen);
  return html`<select ...${rest} class="tr-input" onChange=${({ target }) => choose(target.value)}>
    ${!known && html`<option value=${chosen} selected>${chosen}</option>`}
    ${items.map(({ key, text }) => html`<option key=${key} value=${key} selected=${key === chosen}>${text}</option>`)}
  </select>`;
}

function workflows(records) {
  return Object.values(records.workflows).map(({ sid, friendly_name }) => ({ key: sid, text: friendly_name }));
}

function channels(records) {
  return Object.values(records.task_channels).map(({ unique_name, friendly_name }) => ({
    key: unique_name,
    text: friendly_name,
  }));
}
