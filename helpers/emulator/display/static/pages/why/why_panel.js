// "Why is it waiting?": one sentence, the smallest change with its button and code, other changes, then the proof.

import { Note } from "../../marks/note.js";
import { Refusal } from "../../marks/refusal.js";
import { html } from "../../vendor/preact.js";
import { ReservationAnswers } from "../reservations/reservation_answers.js";
import { NextMove } from "./next_move.js";
import { useWhyAnswer } from "./why_answer.js";
import { OtherChange, SmallestChange } from "./why_change.js";
import { WhyMatrix } from "./why_matrix.js";
import { WhyRoute } from "./why_route.js";
import { WhySentence } from "./why_sentence.js";

/** `task` is the Task's record, `reservations` are its own. A Task that no longer waits has a sentence and its route. */
export function WhyPanel({ task, reservations }) {
  const { answer, sentence, ...doing } = useWhyAnswer(task.sid);
  if (!answer) return null;
  if (answer.error) return html`<${Note} tone="info" bold=${answer.error.message}>${answer.error.hint}<//>`;
  const [smallest, ...others] = answer.changes;
  const offer = reservations.findLast((each) => each.reservation_status === "pending");
  return html`
    <div class="tr-why">
      <${WhySentence} says=${answer} place=${sentence} />
      <${NextMove} move=${answer.move} />
      ${offer && html`<div class="tr-button-row"><${ReservationAnswers} reservation=${offer} ...${doing} /></div>`}
      ${answer.partial && html`<p class="tr-soft">${answer.partial}</p>`}
      ${doing.refusal && html`<${Refusal} answer=${doing.refusal} />`}
      ${smallest && html`<${SmallestChange} key=${smallest.sentence} title=${answer.title} change=${smallest} doing=${doing} />`}
      ${others.map((each) => html`<${OtherChange} key=${each.sentence} change=${each} doing=${doing} />`)}
      <${WhyMatrix} matrix=${answer.matrix} />
      <${WhyRoute} route=${answer.route} timers=${answer.timers} />
    </div>
  `;
}
