// The dialog that creates a Workflow: a name, the queue for all Tasks, and the URL that is called. Filters come after.

import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { Dialog } from "../../components/dialog.js";
import { Field } from "../../components/field.js";
import { createWorkflow } from "../../core/calls.js";
import { go } from "../../core/router.js";
import { useRecords, useStore } from "../../core/store.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { toast } from "../../hooks/news.js";
import { Refusal } from "../../marks/refusal.js";
import { html, useState } from "../../vendor/preact.js";

/** `close` leads back to the list. */
export function CreateWorkflow({ close }) {
  const workspace = useStore((state) => state.workspace);
  const queues = useRecords("task_queues");
  const [name, setName] = useState("");
  const [chosen, choose] = useState(queues[0]?.sid ?? "");
  const [url, setUrl] = useState("");
  const [asked, setAsked] = useState(false);
  const { busy, refusal, run } = useActions();
  const stopped = useStopped();
  const missing = name.trim() ? "" : "Give the Workflow a name.";
  const call = createWorkflow(workspace, {
    FriendlyName: name,
    Configuration: configurationFor(chosen),
    ...(url && { AssignmentCallbackUrl: url }),
  });

  async function create(event) {
    event.preventDefault();
    setAsked(true);
    if (missing) return event.target.querySelector("input").focus();
    const created = await run(call);
    if (!created?.ok) return;
    go({ page: "workflows", workspace, sid: created.record.sid, tab: "config" });
    toast({ text: `${name} is created.` });
  }

  const foot = html`
    ${refusal && html`<${Refusal} answer=${refusal} />`}
    <span class="tr-drawer-space"></span>
    <${Button} onClick=${close}>Cancel<//>
    <${Button} kind="main" type="submit" form="tr-create-workflow" keys="Ctrl ↵" disabled=${busy || Boolean(stopped)} why=${stopped}>Create workflow<//>
  `;
  return html`<${Dialog} title="Create workflow" close=${close} foot=${foot}>
    <form class="tr-queue" id="tr-create-workflow" onSubmit=${create} noValidate>
      <${Field} label="Name" error=${asked && missing}>
        <input class="tr-input" value=${name} dir="auto" autofocus onInput=${({ target }) => setName(target.value)} />
      <//>
      <${Field} label="TaskQueue of the default filter" hint="for Tasks that match no filter">
        <select class="tr-input" value=${chosen} onChange=${({ target }) => choose(target.value)}>
          ${queues.map((queue) => html`<option key=${queue.sid} value=${queue.sid}>${queue.friendly_name}</option>`)}
          <option value="">None: the Task is canceled at once</option>
        </select>
      <//>
      <${Field} label="Assignment callback URL" hint="optional">
        <input class="tr-input tr-mono" type="url" dir="ltr" value=${url} placeholder="http://127.0.0.1:8765/assignment_callback" onInput=${({ target }) => setUrl(target.value)} />
      <//>
      <p class="tr-soft">You write its filters next, with the mistakes shown at their places.</p>
      <${CodeTwin} call=${call} folded />
    </form>
  <//>`;
}

function configurationFor(queueSid) {
  const routing = { filters: [], ...(queueSid && { default_filter: { queue: queueSid } }) };
  return JSON.stringify({ task_routing: routing });
}
