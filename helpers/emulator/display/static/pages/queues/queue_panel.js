// A TaskQueue: its expression with what it matches before it is saved, and its other settings.

import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { Drawer } from "../../components/drawer.js";
import { updateTaskQueue } from "../../core/calls.js";
import { go, Link, useRoute } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { useLast } from "../../hooks/last.js";
import { toast } from "../../hooks/news.js";
import { Empty } from "../../marks/empty.js";
import { Name } from "../../marks/name.js";
import { Refusal } from "../../marks/refusal.js";
import { Sid } from "../../marks/sid.js";
import { html, useRef, useState } from "../../vendor/preact.js";
import { ExpressionTrial, useTrial } from "./expression_trial.js";
import { QueueSettings } from "./queue_settings.js";

const NAMES = {
  friendly_name: "FriendlyName",
  target_workers: "TargetWorkers",
  task_order: "TaskOrder",
  max_reserved_workers: "MaxReservedWorkers",
};

/** `sid` is the queue's; `close` goes back to the list. */
export function QueuePanel({ sid, close }) {
  const queue = useStore((state) => state.records.task_queues[sid]);
  const last = useLast(queue);
  if (!last) return html`<${Drawer} title="TaskQueue" close=${close}><${Gone} /></${Drawer}>`;
  return html`<${Panel} queue=${last} gone=${!queue} close=${close} />`;
}

function Gone() {
  return html`<${Empty} bold="This TaskQueue isn't here." text="It was deleted, or belongs to a different Workspace." />`;
}

function Panel({ queue, gone, close }) {
  const here = useRoute();
  const workspace = useStore((state) => state.workspace);
  const [draft, setDraft] = useState(() => (here.query.try === undefined ? {} : { target_workers: here.query.try }));
  const { busy, refusal, run } = useActions();
  const stopped = useStopped() ?? (gone ? "This TaskQueue no longer exists." : undefined);
  const root = useRef();
  const edited = { ...queue, ...draft };
  const text = edited.target_workers ?? "";
  const trial = useTrial(text, queue.sid);
  const form = formOf(queue, draft);
  const call = updateTaskQueue(workspace, queue, form);
  const changed = Object.keys(form).length > 0;

  function set(changes) {
    setDraft({ ...draft, ...changes });
    if ("target_workers" in changes) {
      const wanted = changes.target_workers === (queue.target_workers ?? "") ? null : changes.target_workers;
      go({ ...here, query: { ...here.query, try: wanted } }, { replace: true });
    }
  }

  function forget() {
    setDraft({});
    go({ ...here, query: { ...here.query, try: null } }, { replace: true });
  }

  async function save() {
    if (trial?.error) return root.current.querySelector("textarea").focus();
    if (!changed || !(await run(call))?.ok) return;
    forget();
    toast({ text: `${edited.friendly_name} is saved.` });
  }

  const why = stopped ?? (changed ? undefined : "You haven't changed anything.");
  const foot = html`
    ${refusal && html`<${Refusal} answer=${refusal} />`}
    <span class="tr-drawer-space"></span>
    ${changed && html`<${Button} onClick=${forget}>Undo<//>`}
    <${Button} kind="main" keys="Ctrl ↵" disabled=${busy || Boolean(why)} why=${why} onClick=${save}>Save<//>
  `;
  const above = html`<span class="tr-soft">TaskQueue</span><${Sid} sid=${queue.sid} />`;
  return html`
    <${Drawer} title=${html`<${Name} text=${queue.friendly_name} />`} close=${close} above=${above} foot=${foot}>
      <div ref=${root} class="tr-queue" inert=${gone}>
        ${gone && html`<${Gone} />`}
        <${WaitingLink} queue=${queue} />
        <${ExpressionTrial} text=${text} type=${(value) => set({ target_workers: value })} trial=${trial} edited=${"TargetWorkers" in form} />
        <${QueueSettings} queue=${edited} set=${set} />
        ${changed && html`<${CodeTwin} call=${call} />`}
      </div>
    <//>
  `;
}

function WaitingLink({ queue }) {
  const here = useRoute();
  const waiting = useStore((state) => countWaiting(state.records.tasks, queue.sid));
  if (!waiting) return null;
  const tasks = { page: "tasks", workspace: here.workspace, query: { q: queue.friendly_name } };
  return html`<p class="tr-queue-waiting"><${Link} to=${tasks}>${waiting === 1 ? "1 Task waits" : `${waiting} Tasks wait`}<//> in this queue.</p>`;
}

function countWaiting(tasks, sid) {
  let count = 0;
  for (const each of Object.values(tasks))
    if (each.task_queue_sid === sid && each.assignment_status === "pending") count += 1;
  return count;
}

/** The parameters that save what differs. */
function formOf(queue, draft) {
  const changes = Object.entries(draft).filter(([name, value]) => String(value) !== String(queue[name] ?? ""));
  return Object.fromEntries(changes.map(([name, value]) => [NAMES[name], value]));
}
