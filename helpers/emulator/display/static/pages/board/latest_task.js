// The Task that was created or changed last: how far it is, why it waits, and the button that would help.

import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { go, route } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { useWidth } from "../../hooks/width.js";
import { Empty } from "../../marks/empty.js";
import { Json } from "../../marks/json.js";
import { Pill } from "../../marks/pill.js";
import { Refusal } from "../../marks/refusal.js";
import { Sid } from "../../marks/sid.js";
import { Strip } from "../../marks/strip.js";
import { html } from "../../vendor/preact.js";
import { ReservationAnswers } from "../reservations/reservation_answers.js";
import { isOpen } from "../reservations/reservation_facts.js";
import { latestTask, reservationsOf } from "../tasks/task_facts.js";
import { NextMove } from "../why/next_move.js";
import { useWhyAnswer } from "../why/why_answer.js";
import { ChangeButton } from "../why/why_change.js";
import { WhySentence } from "../why/why_sentence.js";

const SHOWN = 2; // buttons: more changes stand on the Task's page

/** A card, or how to get a first Task. */
export function LatestTask() {
  const task = useStore(latestTask);
  const records = useStore((state) => state.records);
  const flat = useWidth() === "docked";
  if (!task) return html`<${NoTask} />`;
  const reservations = reservationsOf(records, task.sid);
  const page = { ...route(), page: "tasks", sid: task.sid, tab: null };
  return html`
    <section class="tr-box tr-latest" aria-label="Task changed last">
      <header>
        <h2>Task <${Sid} sid=${task.sid} to=${page} /></h2>
        <div class="tr-oneline tr-latest-attributes"><${Json} text=${task.attributes} /></div>
        <${Pill} status=${task.assignment_status} />
      </header>
      <${Strip} task=${task} reservations=${reservations} flat=${flat} />
      <${Why} key=${task.sid} task=${task} reservations=${reservations} />
    </section>
  `;
}

function NoTask() {
  const create = html`<${Button} kind="main" glyph="plus" onClick=${newTask}>Create task<//>`;
  const text =
    "A Task is one piece of work, such as a customer who asks for help. Create one here, with the SDK, or with curl.";
  return html`<${Empty} bold="No Tasks yet" text=${text} button=${create} />`;
}

/** Open the dialog that creates a Task; it leads back. */
export function newTask() {
  const { page, workspace } = route();
  go({ page: "tasks", workspace, sid: "new", query: { from: page } });
}

function Why({ task, reservations }) {
  const { answer, sentence, ...doing } = useWhyAnswer(task.sid);
  if (!answer?.parts) return html`<p class="tr-why-sentence">${answer?.error.message}</p>`;
  const open = reservations.findLast(isOpen);
  const [first] = answer.changes;
  const kind = (place) => (place || open ? "plain" : "main");
  return html`
    <${WhySentence} says=${answer} place=${sentence} />
    <${NextMove} move=${answer.move} />
    ${doing.refusal && html`<${Refusal} answer=${doing.refusal} />`}
    <div class="tr-button-row">
      ${open && html`<${ReservationAnswers} key=${open.sid + open.reservation_status} reservation=${open} ...${doing} />`}
      ${answer.changes.slice(0, SHOWN).map((change, place) => html`<${ChangeButton} key=${change.sentence} kind=${kind(place)} ...${{ change, doing }} />`)}
      ${first && html`<${CodeTwin} key=${first.sentence} call=${first.calls} folded />`}
    </div>
  `;
}
