// A loop that nobody sees: a Worker lets an offer time out, stays available, and is offered the same Task again.

import { useStore } from "../../core/store.js";
import { Name } from "../../marks/name.js";
import { Note } from "../../marks/note.js";
import { Sid } from "../../marks/sid.js";
import { html } from "../../vendor/preact.js";
import { waits } from "../tasks/task_facts.js";

const SHOWN = 3;

/** A note for each Task whose offers the same Worker let time out repeatedly, at most three. */
export function OfferNotes() {
  const records = useStore((state) => state.records);
  const activity = records.activities[Object.values(records.workspace)[0]?.timeout_activity_sid];
  if (!activity?.available) return null;
  return repeatedOffers(records)
    .slice(0, SHOWN)
    .map(
      ({ task, worker, times }) => html`<${Note} key=${task + worker} tone="wait">
        <${Name} text=${worker} /> let ${times} offers of Task <${Sid} sid=${task} /> time out. The timeout Activity${" "}
        <${Name} text=${activity.friendly_name} /> is available, so TaskRouter can offer <${Name} text=${worker} /> the Task again.
      <//>`,
    );
}

/** `{task, worker, times}` for each Worker and waiting Task, where it is more than one; see unanswered_offers.py. */
export function repeatedOffers({ reservations, tasks }) {
  const found = new Map();
  for (const { task_sid: task, worker_name: worker, reservation_status: status } of Object.values(reservations)) {
    if (status !== "timeout" || !tasks[task] || !waits(tasks[task])) continue;
    const key = `${task} ${worker}`;
    found.set(key, { task, worker, times: (found.get(key)?.times ?? 0) + 1 });
  }
  return [...found.values()].filter(({ times }) => times > 1);
}
