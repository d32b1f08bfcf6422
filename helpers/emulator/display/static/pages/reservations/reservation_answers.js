// What can be done with a Reservation: accept or reject it while it is pending, complete its Task after.

import { Button } from "../../components/button.js";
import { Menu } from "../../components/menu.js";
import { acceptReservation, completeReservation, rejectReservation, wrapUpReservation } from "../../core/calls.js";
import { useRecords, useStore } from "../../core/store.js";
import { html } from "../../vendor/preact.js";

const ANSWERS = {
  accepted: [
    { kind: "plain", text: "Complete", call: completeReservation },
    { kind: "plain", text: "Wrap up", call: wrapUpReservation },
  ],
  pending: [{ kind: "main", text: "Accept", call: acceptReservation }],
  wrapping: [{ kind: "plain", text: "Complete", call: completeReservation }],
};

/** The buttons that its status allows; `run(calls)` makes calls. */
export function ReservationAnswers({ reservation, busy, stopped, run }) {
  const workspace = useStore((state) => state.workspace);
  const { reservation_status: status } = reservation;
  const buttons = (ANSWERS[status] ?? []).map(({ kind, text, call }) => {
    // The second click of a double click can come before the first one's change is drawn.
    const answer = (event) => event.detail > 1 || run(call(workspace, reservation));
    return html`<${Button} key=${text} kind=${kind} disabled=${busy || Boolean(stopped)} why=${stopped} onClick=${answer}>${text}<//>`;
  });
  const reject = (activity) => run(rejectReservation(workspace, reservation, activity));
  return [...buttons, status === "pending" && html`<${Reject} key="reject" ...${{ reservation, reject }} />`];
}

function Reject({ reservation, reject }) {
  const activities = useRecords("activities");
  const worker = useStore((state) => state.records.workers[reservation.worker_sid]);
  const item = (activity, text, choose) => ({
    key: activity?.sid ?? "keep",
    text,
    note: activity && (activity.available ? "available" : "not available"),
    choose,
  });
  const now = activities.find(({ sid }) => sid === worker?.activity_sid);
  const others = activities.filter((each) => each !== now);
  const items = [
    item(now, now ? `Reject, and stay ${now.friendly_name}` : "Reject, keep Activity", () => reject()),
    ...others.map((each) => item(each, `Reject, and become ${each.friendly_name}`, () => reject(each))),
  ];
  return html`<${Menu} button="Reject" label="Reject the Reservation" items=${items} />`;
}
