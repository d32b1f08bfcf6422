// What happened to one Task, below what it waits for now.

import { Link, useRoute } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { Timeline } from "../../lists/timeline.js";
import { html, useMemo } from "../../vendor/preact.js";
import { offerNotes } from "../reservations/offer_words.js";
import { NextMove } from "../why/next_move.js";
import { useWhyAnswer } from "../why/why_answer.js";
import { WhySentence } from "../why/why_sentence.js";
import { waits } from "./task_facts.js";

/** `task` is the Task's record, `reservations` its Reservations; of its events those that the page has. */
export function TaskTimeline({ task, reservations, gone }) {
  const place = useRoute();
  const events = useStore((state) => state.events);
  const own = useMemo(() => events.filter((each) => each.task_sid === task.sid), [events, task.sid]);
  const older = { ...place, page: "events", sid: null, tab: null, query: { task: task.sid } };
  if (!own.length)
    return html`<p class="tr-soft">
      Its events are older than the 200 on this page. <${Link} to=${older}>Find them on the Events page<//>.
    </p>`;
  return html`${!gone && waits(task) && html`<${Now} task=${task} />`}
    <${Timeline} events=${own} notes=${offerNotes(own, reservations)} />`;
}

/** What a Task waits for, and its next move: no event tells of a known Worker, of a parking place, or of what is to come. */
function Now({ task }) {
  const { answer, sentence } = useWhyAnswer(task.sid);
  if (!answer?.parts) return null;
  return html`<section class="tr-timeline-now" aria-label="Now">
    <${WhySentence} says=${answer} place=${sentence} />
    <${NextMove} move=${answer.move} />
  </section>`;
}
