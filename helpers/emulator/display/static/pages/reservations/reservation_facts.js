// Facts about Reservations that several pages need: which still count, and what is done with one next.

import { acceptReservation, completeReservation } from "../../core/calls.js";

const OPEN = ["pending", "accepted", "wrapping"];
const NEXT = { pending: acceptReservation, accepted: completeReservation, wrapping: completeReservation };

/** True if a Reservation still counts: it waits for an answer, or its Worker has the Task. */
export function isOpen({ reservation_status: status }) {
  return OPEN.includes(status);
}

/** The call that leads a Reservation on; undefined once it has ended. */
export function nextCall(workspace, reservation) {
  return NEXT[reservation.reservation_status]?.(workspace, reservation);
}
