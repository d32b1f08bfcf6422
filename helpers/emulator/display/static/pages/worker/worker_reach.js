// What could reach a Worker: the TaskQueues, which match or not and why, and the Tasks that wait in them.

import { Link, useRoute } from "../../core/router.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { useAnswer } from "../../hooks/answers.js";
import { Glyph } from "../../marks/glyph.js";
import { Name } from "../../marks/name.js";
import { Refusal } from "../../marks/refusal.js";
import { Sentence } from "../../marks/sentence.js";
import { Sid } from "../../marks/sid.js";
import { html } from "../../vendor/preact.js";
import { OtherChange, SmallestChange } from "../why/why_change.js";

export function WorkerReach({ worker }) {
  const { busy, refusal, run } = useActions();
  const stopped = useStopped();
  const answer = useAnswer({ question: "reach", worker: worker.sid });
  if (!answer) return html`<p class="tr-soft">Testing this on a copy…</p>`;
  if (!answer.queues) return html`<p class="tr-soft">${answer.error?.message ?? "This can't be tried here."}</p>`;
  const { parts, queues, tasks, more_tasks: more, changes, partial } = answer;
  return html`
    <h2>What could reach <${Name} text=${worker.friendly_name} /></h2>
    <p class="tr-why-sentence"><${Sentence} parts=${parts} /></p>
    ${changes.map((each, place) => {
      const [Change, title] = place ? [OtherChange] : [SmallestChange, "Smallest change"];
      return html`<${Change} key=${each.sentence} title=${title} change=${each} doing=${{ busy, stopped, run }} />`;
    })}
    ${refusal && html`<${Refusal} answer=${refusal} />`}
    <h2>TaskQueues</h2>
    ${queues.length ? html`<ul class="tr-reach">${queues.map((each) => html`<${Queue} key=${each.sid} queue=${each} />`)}</ul>` : html`<p class="tr-soft">No TaskQueues yet. Tasks wait in a TaskQueue until a Worker is available.</p>`}
    <h2>Tasks waiting there</h2>
    ${tasks.length ? html`<ul class="tr-reach">${tasks.map((each) => html`<${Waiting} key=${each.sid} task=${each} />`)}</ul>` : html`<p class="tr-soft">No Task waits in a queue that matches ${worker.friendly_name}.</p>`}
    ${more > 0 && html`<p class="tr-soft">${more.toLocaleString("en-US")} more ${more === 1 ? "Task waits" : "Tasks wait"}.</p>`}
    ${partial && html`<p class="tr-soft">${partial}</p>`}
  `;
}

function Queue({ queue }) {
  const here = useRoute();
  const { sid, name, ok, words, waiting } = queue;
  return html`<li data-tone=${ok ? "good" : "bad"}>
    <${Glyph} name=${ok ? "tick" : "cross"} />
    <div>
      <${Link} to=${{ page: "queues", workspace: here.workspace, sid }}><${Name} text=${name} /></${Link}>
      <span class="tr-soft"> ${ok ? "matches" : "doesn't match"}</span>
      <div class="tr-soft tr-mono"><bdi>${words}</bdi></div>
    </div>
    <span class="tr-soft tr-figures">${waiting === 1 ? "1 waits" : `${waiting} wait`}</span>
  </li>`;
}

function Waiting({ task }) {
  const here = useRoute();
  return html`<li data-tone=${task.rule ? "wait" : "good"}>
    <${Glyph} name=${task.rule ? "pending" : "tick"} />
    <div><${Sid} sid=${task.sid} to=${{ page: "tasks", workspace: here.workspace, sid: task.sid }} /> <span class="tr-soft" dir="ltr">${task.words}</span></div>
  </li>`;
}
