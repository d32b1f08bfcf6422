// The settings of a TaskQueue beside its expression: name, order of the Tasks, and how many Workers are asked at once.

import { Field } from "../../components/field.js";
import { Segments } from "../../components/segments.js";
import { html } from "../../vendor/preact.js";

const ORDERS = [
  { key: "FIFO", text: "FIFO: oldest first" },
  { key: "LIFO", text: "LIFO: newest first" },
];

/** `queue` is the record with what was changed; `set({field: value})` changes it. */
export function QueueSettings({ queue, set }) {
  return html`<div class="tr-queue-settings">
    <${Field} label="Name">
      <input class="tr-input" value=${queue.friendly_name} dir="auto" onInput=${({ target }) => set({ friendly_name: target.value })} />
    <//>
    <div class="tr-labelled">
      <div class="tr-labelled-head"><span class="tr-queue-label">Order of Tasks</span></div>
      <${Segments} label="Order of Tasks" items=${ORDERS} chosen=${queue.task_order} choose=${(task_order) => set({ task_order })} />
    </div>
    <${Field} label="Workers asked at once" hint="1 to 50">
      <input
        class="tr-input"
        type="number"
        min="1"
        max="50"
        value=${queue.max_reserved_workers}
        onInput=${({ target }) => set({ max_reserved_workers: target.value })}
      />
    <//>
  </div>`;
}
