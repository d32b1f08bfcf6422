// What stands in a Task's row: its attributes; where it is and why, or who has it.

import { useStore } from "../../core/store.js";
import { Left } from "../../marks/age.js";
import { Json } from "../../marks/json.js";
import { html } from "../../vendor/preact.js";
import { shortQueueName } from "../queues/queue_names.js";
import { useWhy } from "../why/why_book.js";

/** Attributes in one line. */
export function TaskAttributes({ task }) {
  return html`<div class="tr-oneline"><${Json} text=${task.attributes} /></div>`;
}

/** TaskQueue, reason and next move: "Spanish · Alice is Offline · target 1 of 2, moves on in 0:30". */
export function TaskPlace({ task }) {
  const queues = useStore((state) => state.records.task_queues);
  const why = useWhy(task.sid);
  const queue = task.task_queue_friendly_name;
  return html`<div class="tr-oneline tr-soft">
    ${queue ? html`<bdi title=${queue}>${shortQueueName(queues, queue)}</bdi>` : "no TaskQueue"}
    ${why && html`<span> · </span><span dir="ltr">${why.lead ?? why.words}</span>`}${why?.due_ms && html`, <${Left} until=${why.due_ms} /> left`}
    ${why?.place && html`<span> · ${why.place}</span>`}${why?.moves_ms && html` in <${Left} until=${why.moves_ms} />`}
  </div>`;
}

/** Both, one above the other. */
export function TaskWords({ task }) {
  return html`<div class="tr-task-words"><${TaskAttributes} task=${task} /><${TaskPlace} task=${task} /></div>`;
}
