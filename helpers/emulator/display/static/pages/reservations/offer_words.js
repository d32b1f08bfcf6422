// Which offer of its Task a Reservation is, and when a Task waits again.

import { isOpen } from "./reservation_facts.js";

const ENDS = {
  rejected: (worker) => `${worker} rejected it`,
  timeout: (worker) => `${worker} didn't answer`,
  canceled: (worker) => `the one to ${worker} was canceled`,
  rescinded: (worker) => `the one to ${worker} was rescinded`,
};

/** "Offer 2, after Alice didn't answer."; "" for the first. `reservations` are those of its Task, the oldest first. */
export function whichOffer(reservation, reservations) {
  const place = reservations.findIndex(({ sid }) => sid === reservation.sid);
  if (place < 1) return "";
  const ended = reservations.slice(0, place).filter((each) => endedBy(each, reservation.date_created));
  const last = ended.reduce((one, each) => (one && one.date_updated > each.date_updated ? one : each), undefined);
  const why = last && ENDS[last.reservation_status]?.(last.worker_name);
  return `Offer ${place + 1}${why ? `, after ${why}` : ", at the same time"}.`;
}

/** Sentences about the events of a Task's offers, by SID of the event: which offer it is, or that the Task waits again. */
export function offerNotes(events, reservations) {
  const notes = new Map();
  for (const event of events) {
    const reservation = reservations.find(({ sid }) => sid === event.reservation_sid);
    if (!reservation) continue; // its Task is gone
    if (event.event_type === "reservation.created") notes.set(event.sid, whichOffer(reservation, reservations));
    else if (waitsAgain(event, reservation, events, reservations)) notes.set(event.sid, "The Task waits again.");
  }
  return notes;
}

/** True if an event ended the last open offer of a Task that wasn't canceled with it. */
function waitsAgain({ event_type: type, event_date_ms: at }, reservation, events, reservations) {
  const { reservation_status: status, date_updated: end } = reservation;
  if (type !== `reservation.${status}` || !(status in ENDS) || status === "rescinded") return false;
  const others = reservations.filter((each) => each !== reservation && each.date_created < end);
  const canceled = events.find((each) => each.event_type === "task.canceled");
  const wentWithIt =
    canceled && (canceled.event_date_ms === at || (status === "canceled" && reservation === reservations.at(-1)));
  return !wentWithIt && others.every((each) => endedBy(each, end));
}

function endedBy(reservation, moment) {
  return !isOpen(reservation) && reservation.date_updated <= moment;
}
