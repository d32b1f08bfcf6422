// The page of TaskQueues: a list, and the queue chosen beside it, with its expression tried on all Workers.

import { Button } from "../../components/button.js";
import { Page } from "../../components/page.js";
import { Table } from "../../components/table.js";
import { go, useRoute } from "../../core/router.js";
import { useRecords } from "../../core/store.js";
import { useAnswer } from "../../hooks/answers.js";
import { Empty } from "../../marks/empty.js";
import { Name } from "../../marks/name.js";
import { Sid } from "../../marks/sid.js";
import { html, useMemo } from "../../vendor/preact.js";
import { CreateQueue } from "./create_queue.js";
import { QueuePanel } from "./queue_panel.js";

const QUESTION = { question: "queues" };
const ABOUT = "Tasks wait in a TaskQueue until a Worker is available.";

/** `…/queues`, `…/queues/WQ…?try=EXPRESSION` and `…/queues/new`. */
export function QueuesPage() {
  const here = useRoute();
  const queues = useRecords("task_queues");
  const members = useAnswer(QUESTION)?.queues;
  const columns = useMemo(() => columnsOf(members), [members]);
  const list = { ...here, sid: null, tab: null, query: {} };
  const close = () => go(list);
  const create = (kind) =>
    html`<${Button} kind=${kind} glyph="plus" onClick=${() => go({ ...list, sid: "new" })}>Create queue<//>`;
  const chosen = here.sid === "new" ? null : here.sid;
  const empty = html`<${Empty} bold="No TaskQueues yet" text=${ABOUT} button=${create("main")} />`;
  const beside = chosen && html`<${QueuePanel} key=${chosen} sid=${chosen} close=${close} />`;
  return html`
    <${Page} title="TaskQueues" actions=${queues.length > 0 && create("plain")} beside=${beside}>
      <${Table}
        label="TaskQueues"
        columns=${columns}
        rows=${queues}
        keyOf=${(queue) => queue.sid}
        chosen=${chosen}
        to=${(queue) => ({ ...list, sid: queue.sid })}
        narrow=${(queue) => html`<${NarrowRow} queue=${queue} members=${members?.[queue.sid]} />`}
        lines=${2}
        empty=${empty}
      />
    <//>
    ${here.sid === "new" && html`<${CreateQueue} close=${close} />`}
  `;
}

function columnsOf(members) {
  return [
    {
      key: "name",
      title: "TaskQueue",
      width: "minmax(160px, 1.4fr)",
      cell: (queue) =>
        html`<b><${Name} text=${queue.friendly_name} keepEnd /></b><div><${Sid} sid=${queue.sid} /></div>`,
    },
    {
      key: "expression",
      title: "Expression",
      width: "minmax(140px, 1.4fr)",
      cell: (queue) => html`<${ExpressionText} text=${queue.target_workers} />`,
    },
    {
      key: "matches",
      title: "Matches",
      width: "minmax(110px, 1fr)",
      cell: (queue) => html`<${Members} of=${members?.[queue.sid]} />`,
    },
    {
      key: "waiting",
      title: "Waiting",
      width: "60px",
      number: true,
      cell: (queue) => members?.[queue.sid]?.waiting,
    },
  ];
}

function NarrowRow({ queue, members }) {
  return html`
    <span class="tr-queue-words">
      <b><${Name} text=${queue.friendly_name} keepEnd /></b>
      <span class="tr-soft"><${ExpressionText} text=${queue.target_workers} /></span>
    </span>
    <span class="tr-soft">${members && (members.waiting ? `${members.waiting} waiting` : `${members.matches} match`)}</span>
  `;
}

function ExpressionText({ text }) {
  return text?.trim()
    ? html`<code class="tr-mono" title=${text}><bdi>${text}</bdi></code>`
    : html`<span class="tr-soft">empty: matches nobody</span>`;
}

function Members({ of }) {
  if (!of) return null;
  return html`<bdi dir="ltr" title=${of.words}>${of.words}</bdi>
    <div class="tr-soft">${of.matches === 0 ? "" : `${of.available} of ${of.matches} available`}</div>`;
}
