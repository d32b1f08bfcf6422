// The Reservations that use a Worker's capacity, each with what can be done with it.

import { CodeTwin } from "../../components/code_twin.js";
import { Link, useRoute } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { Age, Left } from "../../marks/age.js";
import { Empty } from "../../marks/empty.js";
import { Json } from "../../marks/json.js";
import { Name } from "../../marks/name.js";
import { Pill } from "../../marks/pill.js";
import { Refusal } from "../../marks/refusal.js";
import { Sid } from "../../marks/sid.js";
import { html } from "../../vendor/preact.js";
import { ReservationAnswers } from "../reservations/reservation_answers.js";
import { nextCall } from "../reservations/reservation_facts.js";

/** `held` are the Worker's open Reservations. */
export function WorkerReservations({ worker, held }) {
  if (!held.length)
    return html`<${Empty} bold="No Reservations now." text=${`TaskRouter creates one when ${worker.friendly_name} is available and a Task matches.`} />`;
  return html`<ul class="tr-held">${held.map((each) => html`<${Held} key=${each.sid} reservation=${each} />`)}</ul>`;
}

function Held({ reservation }) {
  const here = useRoute();
  const { busy, refusal, run } = useActions();
  const stopped = useStopped();
  const task = useStore(({ records }) => records.tasks[reservation.task_sid]);
  const { sid, task_sid: taskSid, reservation_status: status, expires, date_updated: since } = reservation;
  const when =
    status === "pending" && expires
      ? html`<${Left} until=${expires} /> left to accept`
      : html`for <${Age} since=${since} />`;
  return html`<li>
    <div class="tr-held-head">
      <${Pill} status=${status} />
      <${Link} to=${{ page: "reservations", workspace: here.workspace, sid }}>Reservation</${Link}>
      <span class="tr-soft">${when}</span>
    </div>
    <div class="tr-held-task">
      Task <${Sid} sid=${taskSid} to=${{ page: "tasks", workspace: here.workspace, sid: taskSid }} />
      ${task && html`<span class="tr-soft">on <${Name} text=${task.task_channel_unique_name} /></span> <${Json} text=${task.attributes} />`}
    </div>
    <div class="tr-held-buttons">
      <${ReservationAnswers} ...${{ reservation, busy, stopped, run }} />
      <${CodeTwin} folded call=${nextCall(here.workspace, reservation)} />
    </div>
    ${refusal && html`<${Refusal} answer=${refusal} />`}
  </li>`;
}
