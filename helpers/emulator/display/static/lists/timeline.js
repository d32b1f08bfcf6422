// What happened, the newest above: a knot for each event, and the way to the request that caused it.

import { Link } from "../core/router.js";
import { timeOfDay } from "../core/text.js";
import { Glyph } from "../marks/glyph.js";
import { html } from "../vendor/preact.js";

const SHAPES = {
  "reservation.accepted": "accepted",
  "reservation.canceled": "canceled",
  "reservation.completed": "completed",
  "reservation.created": "reserved",
  "reservation.rejected": "rejected",
  "reservation.rescinded": "rescinded",
  "reservation.timeout": "timeout",
  "reservation.wrapup": "wrapping",
  "task.canceled": "canceled",
  "task.completed": "completed",
  "task.created": "plus",
  "task.wrapup": "wrapping",
  "workflow.target-matched": "tick",
};
const KINDS = {
  workspace: "board",
  activity: "activities",
  "task-queue": "queues",
  workflow: "workflows",
  worker: "workers",
  task: "tasks",
  reservation: "reservations",
};

/** The name of the shape of an event's type. */
export function shapeOf(type) {
  return SHAPES[type] ?? KINDS[type.split(".")[0]] ?? "info";
}

/** `events` are the state's, the oldest first; `notes` has a sentence to add, by SID of the event. */
export function Timeline({ events, notes = new Map() }) {
  return html`<ol class="tr-timeline">
    ${events.toReversed().map((event) => html`<${Entry} key=${event.sid} event=${event} note=${notes.get(event.sid)} />`)}
  </ol>`;
}

function Entry({ event: { event_type, event_date_ms, sentence, channel, request }, note }) {
  return html`<li>
    <span class="tr-timeline-knot"><${Glyph} name=${shapeOf(event_type)} /></span>
    <strong dir="ltr">${sentence}</strong>
    <time class="tr-soft tr-mono" datetime=${new Date(event_date_ms).toISOString()}>${timeOfDay(event_date_ms)}</time>
    ${note && html`<span class="tr-timeline-note" dir="ltr">${note}</span>`}
    <span class="tr-soft">${event_type}${isOffer(event_type) && channel && ` · ${channel}`}${request && html` · <${CausedBy} request=${request} />`}</span>
  </li>`;
}

function isOffer(type) {
  return type.startsWith("reservation.");
}

/** A link to the request, or the callback, with this number. */
export function CausedBy({ request }) {
  return html`<${Link} class="tr-inline-link" to=${{ page: "requests", sid: String(request) }}>request ${request}</${Link}>`;
}
