// The Reservations of a Task, the newest above, each with the buttons that its status allows.

import { Button } from "../../components/button.js";
import { go, Link, route } from "../../core/router.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { Age } from "../../marks/age.js";
import { Empty } from "../../marks/empty.js";
import { Name } from "../../marks/name.js";
import { Pill } from "../../marks/pill.js";
import { Refusal } from "../../marks/refusal.js";
import { Sid } from "../../marks/sid.js";
import { html } from "../../vendor/preact.js";
import { whichOffer } from "../reservations/offer_words.js";
import { ReservationAnswers } from "../reservations/reservation_answers.js";

/** A list of cards, or how there comes to be one. */
export function TaskReservations({ task, reservations, gone }) {
  if (!reservations.length) return html`<${NoReservations} task=${task} />`;
  return html`<ul class="tr-boxes">
    ${reservations.toReversed().map((each) => html`<${Card} key=${each.sid} ...${{ task, reservation: each, which: whichOffer(each, reservations), gone }} />`)}
  </ul>`;
}

function NoReservations({ task }) {
  const why = html`<${Button} onClick=${() => go({ ...route(), tab: "why" })}>Why is it waiting?<//>`;
  return html`<${Empty}
    bold="No Reservations yet"
    text="TaskRouter creates one when an eligible Worker becomes available."
    button=${task.assignment_status === "pending" && why}
  />`;
}

function Card({ task, reservation, which, gone }) {
  const { busy, refusal, run } = useActions();
  const stopped = useStopped();
  const { sid, worker_sid, worker_name, reservation_status, date_created } = reservation;
  return html`
    <li class="tr-box tr-reservation">
      <header>
        <${Link} to=${{ ...route(), page: "workers", sid: worker_sid, tab: null, query: {} }}><${Name} text=${worker_name} /><//>
        <${Pill} status=${reservation_status} />
        <${Age} since=${date_created} />
      </header>
      <div><${Sid} sid=${sid} /> <span class="tr-soft">on <${Name} text=${task.task_channel_unique_name} /></span></div>
      ${which && html`<div class="tr-soft" dir="ltr">${which}</div>`}
      ${!gone && html`<div class="tr-button-row"><${ReservationAnswers} ...${{ reservation, busy, stopped, run }} /></div>`}
      ${refusal && html`<${Refusal} answer=${refusal} />`}
    </li>
  `;
}
