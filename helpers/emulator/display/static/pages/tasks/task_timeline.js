// What happened to one Task, the newest above. Each event leads to the request that caused it.

import { Link } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { timeOfDay } from "../../core/text.js";
import { Glyph } from "../../marks/glyph.js";
import { html, useMemo } from "../../vendor/preact.js";

const SHAPES = {
  "reservation.accepted": "accepted",
  "reservation.canceled": "canceled",
  "reservation.completed": "completed",
  "reservation.created": "reserved",
  "reservation.rejected": "rejected",
  "reservation.rescinded": "rescinded",
  "reservation.timeout": "timeout",
  "reservation.wrapup": "wrapping",
  "task-queue.entered": "queues",
  "task.canceled": "canceled",
  "task.completed": "completed",
  "task.created": "plus",
  "task.wrapup": "wrapping",
  "workflow.entered": "workflows",
  "workflow.target-matched": "tick",
};

/** `task` is the Task's record; of its events those that the page has. */
export function TaskTimeline({ task }) {
  const events = useStore((state) => state.events);
  const own = useMemo(() => events.filter((each) => each.task_sid === task.sid).reverse(), [events, task.sid]);
  if (!own.length) return html`<p class="tr-soft">Its events are older than the 200 that this page has.</p>`;
  return html`<ol class="tr-happened">
    ${own.map(
      ({ number, event_type, event_date_ms, sentence, request }) => html`
        <li key=${number}>
          <span class="tr-knot"><${Glyph} name=${SHAPES[event_type] ?? "info"} /></span>
          <strong dir="auto">${sentence}</strong>
          <time class="tr-soft tr-mono" datetime=${new Date(event_date_ms).toISOString()}>${timeOfDay(event_date_ms)}</time>
          <span class="tr-soft">
            ${event_type}${request && html` · <${Link} to=${{ page: "requests", sid: String(request) }}>request ${request}<//>`}
          </span>
        </li>
      `,
    )}
  </ol>`;
}
