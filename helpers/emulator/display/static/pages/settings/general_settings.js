// The name of a Workspace, its two Activities, and how its Workers get Tasks.

import { Field } from "../../components/field.js";
import { Segments } from "../../components/segments.js";
import { html } from "../../vendor/preact.js";
import { ActivityChoices } from "./activity_choices.js";

const ORDERS = [
  { key: "FIFO", text: "FIFO" },
  { key: "LIFO", text: "LIFO" },
];

/** `settings` are those on the page, `wrong` what is wrong with them by name; `set({field: value})` changes them. */
export function GeneralSettings({ workspace, settings, wrong, set }) {
  return html`
    <${Field} label="Name" hint="at most 64 characters" error=${wrong.friendly_name}>
      <input class="tr-input" name="friendly_name" dir="auto" value=${settings.friendly_name} onInput=${({ target }) => set({ friendly_name: target.value })} />
    <//>
    <${ActivityChoices} settings=${settings} set=${set} />
    <div class="tr-labelled">
      <div class="tr-labelled-head">
        <span class="tr-queue-label">TaskQueues that come first</span>
        <span class="tr-soft">if a Worker could get a Task from either kind</span>
      </div>
      <${Segments} label="TaskQueues that come first" items=${ORDERS} chosen=${settings.prioritize_queue_order} choose=${(order) => set({ prioritize_queue_order: order })} />
    </div>
    <${Multitasking} saved=${workspace.multi_task_enabled} on=${settings.multi_task_enabled} turn=${(on) => set({ multi_task_enabled: on })} />
  `;
}

/** Turned on once, it stays on: `saved` is what the Workspace has. */
function Multitasking({ saved, on, turn }) {
  const words = "A Worker can have several Tasks at once, up to the capacity of each channel.";
  if (saved) return html`<p class="tr-settings-said"><b>Multitasking</b> is on, and can't be turned off. ${words}</p>`;
  return html`<div class="tr-settings-said">
    <label class="tr-check"><input type="checkbox" checked=${on} onChange=${({ target }) => turn(target.checked)} /><b>Multitasking</b></label>
    <p class="tr-soft">${words} Once it's on, it can't be turned off.</p>
  </div>`;
}
