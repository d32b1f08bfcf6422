// A Reservation beside the list: what was offered to whom, what can be done with it, what happened to it.

import { CodeTwin } from "../../components/code_twin.js";
import { Drawer } from "../../components/drawer.js";
import { Link, useRoute } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { useLast } from "../../hooks/last.js";
import { Timeline } from "../../lists/timeline.js";
import { Age, Left } from "../../marks/age.js";
import { Json } from "../../marks/json.js";
import { Name } from "../../marks/name.js";
import { Note } from "../../marks/note.js";
import { Pill } from "../../marks/pill.js";
import { Refusal } from "../../marks/refusal.js";
import { Sid } from "../../marks/sid.js";
import { html, useMemo } from "../../vendor/preact.js";
import { reservationsOf } from "../tasks/task_facts.js";
import { whichOffer } from "./offer_words.js";
import { ReservationAnswers } from "./reservation_answers.js";
import { nextCall } from "./reservation_facts.js";

export function ReservationDrawer({ sid, close }) {
  const now = useStore((state) => state.records.reservations[sid]);
  const last = useLast(now);
  if (!last) return html`<${Drawer} title="Reservation" close=${close}><${Gone} sid=${sid} /></${Drawer}>`;
  return html`<${Shown} reservation=${last} gone=${!now} close=${close} />`;
}

function Shown({ reservation, gone, close }) {
  const { workspace } = useRoute();
  const actions = useActions();
  const stopped = useStopped();
  const { sid, reservation_status: status, worker_name, date_created, task_sid } = reservation;
  const which = useStore(({ records }) => whichOffer(reservation, reservationsOf(records, task_sid)));
  const next = gone ? undefined : nextCall(workspace, reservation);
  const foot = next && html`<${ReservationAnswers} ...${{ reservation, stopped, ...actions }} />`;
  const above = html`<${Pill} status=${status} /> <${Sid} sid=${sid} />`;
  return html`<${Drawer} title=${html`<${Name} text=${worker_name} />`} above=${above} close=${close} foot=${foot}>
    ${gone && html`<${Gone} sid=${sid} />`}
    ${which && html`<p class="tr-soft" dir="ltr">${which}</p>`}
    <p class="tr-soft">
      Offered <${Age} since=${date_created} /> ago
      ${status === "pending" && !gone && html` · <${Left} until=${reservation.expires} /> left to accept`}
    </p>
    <${Parts} reservation=${reservation} workspace=${workspace} />
    ${actions.refusal && html`<${Refusal} answer=${actions.refusal} />`}
    ${next && html`<${CodeTwin} call=${next} folded />`}
    <${What} sid=${sid} />
  </${Drawer}>`;
}

function Parts({ reservation, workspace }) {
  const task = useStore((state) => state.records.tasks[reservation.task_sid]);
  const { worker_sid, worker_name, task_sid } = reservation;
  return html`<dl class="tr-facts">
    <dt>Worker</dt>
    <dd><${Link} to=${{ page: "workers", workspace, sid: worker_sid }}><${Name} text=${worker_name} /></${Link}></dd>
    <dt>Task</dt>
    <dd>
      <${Sid} sid=${task_sid} to=${{ page: "tasks", workspace, sid: task_sid }} />
      ${task && html` <${Pill} status=${task.assignment_status} />`}
    </dd>
    ${task && html`<dt>Channel</dt><dd><${Name} text=${task.task_channel_unique_name} /></dd>`}
    ${task && html`<dt>Attributes</dt><dd><${Json} text=${task.attributes} /></dd>`}
    ${
      task?.task_queue_sid &&
      html`<dt>TaskQueue</dt>
        <dd><${Link} to=${{ page: "queues", workspace, sid: task.task_queue_sid }}><${Name} text=${task.task_queue_friendly_name} /></${Link}></dd>`
    }
  </dl>`;
}

function What({ sid }) {
  const events = useStore((state) => state.events);
  const own = useMemo(() => events.filter((each) => each.reservation_sid === sid), [events, sid]);
  return html`<h2 class="tr-part-title">Timeline</h2>
    ${own.length ? html`<${Timeline} events=${own} />` : html`<p class="tr-soft">Its events are older than those on this page.</p>`}`;
}

function Gone({ sid }) {
  return html`<${Note} tone="info" bold="This Reservation no longer exists.">
    ${sid.startsWith("WR") ? "TaskRouter deletes it with its Task, some minutes after that ends." : "The address names no Reservation: their SIDs begin with WR."}
  </${Note}>`;
}
