// The five stages of a Task's life. A canceled Task's way ends where it stopped.

import { html } from "../vendor/preact.js";
import { Glyph } from "./glyph.js";

const STAGES = [
  "Task Created",
  "eligible Worker becomes available",
  "Worker reserved",
  "Reservation accepted",
  "Task assigned to Worker",
];
const REACHED = { pending: 1, reserved: 3, assigned: 5, wrapping: 5, completed: 5 };

/** How many of the five stages a Task has reached; `reservations` are its own. It is what lifecycle_view.py says. */
export function reachedStage({ assignment_status: status }, reservations) {
  if (status === "canceled") return reservations.length ? 3 : 1;
  if (status === "reserved" && reservations.some((each) => each.reservation_status === "accepted")) return 4;
  return REACHED[status] ?? 1;
}

/** The strip of a Task; `flat` has words at the current stage only. */
export function Strip({ task, reservations, flat }) {
  const reached = reachedStage(task, reservations);
  const ended = task.assignment_status === "canceled";
  return html`<${Stages} stages=${STAGES.map((name, place) => [name, stateOf(place, reached, ended)])} flat=${flat} />`;
}

/** Stages as `[name, state]`; a state is done, now, to come, stopped or never. */
export function Stages({ stages, flat }) {
  return html`<ol class="tr-life" data-flat=${flat ? "" : undefined} aria-label="Stages of the Task">
    ${stages.map(
      (
        [name, state],
        place,
      ) => html`<li key=${place} data-state=${state} aria-current=${state === "now" ? "step" : undefined}>
        <span class="tr-life-mark" aria-hidden="true">${MARKS[state]?.() ?? place + 1}</span>
        <span class="tr-life-name">${name}<span class="tr-spoken"> (${WORDS[state]})</span></span>
      </li>`,
    )}
  </ol>`;
}

const MARKS = {
  done: () => html`<${Glyph} name="tick" />`,
  stopped: () => html`<${Glyph} name="canceled" />`,
};
const WORDS = {
  done: "done",
  now: "next",
  "to come": "to come",
  stopped: "not reached: canceled",
  never: "not reached",
};

function stateOf(place, reached, ended) {
  if (place < reached) return "done";
  if (ended) return place === reached ? "stopped" : "never";
  return place === reached ? "now" : "to come";
}
