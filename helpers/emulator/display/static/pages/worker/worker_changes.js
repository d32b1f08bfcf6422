// The rest of what can be done with a Worker: another name, or none at all.

import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { Dialog } from "../../components/dialog.js";
import { Field } from "../../components/field.js";
import { Menu } from "../../components/menu.js";
import { deleteWorker, updateWorker } from "../../core/calls.js";
import { useStore } from "../../core/store.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { toast } from "../../hooks/news.js";
import { Refusal } from "../../marks/refusal.js";
import { html, useState } from "../../vendor/preact.js";
import { nameProblem } from "../workers/worker_words.js";

const DIALOGS = { rename: RenameWorker, remove: DeleteWorker };

/** A menu with both; `gone()` is called once the Worker is deleted. */
export function WorkerChanges({ worker, gone }) {
  const [open, setOpen] = useState(null);
  const stopped = useStopped();
  const name = worker.friendly_name;
  const items = [
    { key: "rename", text: `Rename ${name}`, choose: () => setOpen("rename") },
    { key: "remove", text: `Delete ${name}`, choose: () => setOpen("remove") },
  ];
  const close = () => setOpen(null);
  return html`
    <${Menu} kind="quiet" label=${name} button="More" items=${items} disabled=${Boolean(stopped)} why=${stopped} />
    ${open && html`<${DIALOGS[open]} worker=${worker} close=${close} gone=${gone} />`}
  `;
}

function RenameWorker({ worker, close }) {
  const workspace = useStore((state) => state.workspace);
  const [name, type] = useState(worker.friendly_name);
  const { busy, refusal, run } = useActions();
  const stopped = useStopped();
  const problem = nameProblem(name.trim());
  const call = updateWorker(workspace, worker, { FriendlyName: name.trim() });

  async function save() {
    if (problem) return;
    const outcome = await run(call);
    if (!outcome?.ok) return;
    close();
    toast({ text: `${worker.friendly_name} is called ${outcome.record.friendly_name} now.` });
  }

  const foot = html`
    <${Button} onClick=${close}>Cancel</${Button}>
    <${Button} kind="main" keys="Ctrl ↵" disabled=${busy || Boolean(stopped)} why=${stopped} onClick=${save}>Save</${Button}>
  `;
  return html`<${Dialog} title=${`Rename ${worker.friendly_name}`} close=${close} foot=${foot}>
    <${Field} label="Name" error=${problem}>
      <input class="tr-input" dir="auto" autocomplete="off" spellcheck=${false} autofocus value=${name} onInput=${({ target }) => type(target.value)} />
    </${Field}>
    ${refusal && html`<${Refusal} answer=${refusal} />`}
    <${CodeTwin} call=${call} />
  </${Dialog}>`;
}

function DeleteWorker({ worker, close, gone }) {
  const workspace = useStore((state) => state.workspace);
  const { busy, refusal, run } = useActions();
  const stopped = useStopped();
  const call = deleteWorker(workspace, worker);

  async function remove() {
    const outcome = await run(call);
    if (!outcome?.ok) return;
    close();
    gone();
    toast({ text: `${worker.friendly_name} is deleted.` });
  }

  const foot = html`
    <${Button} onClick=${close}>Cancel</${Button}>
    <${Button} kind="main" disabled=${busy || Boolean(stopped)} why=${stopped} onClick=${remove}>Delete ${worker.friendly_name}</${Button}>
  `;
  return html`<${Dialog} title=${`Delete ${worker.friendly_name}`} close=${close} foot=${foot}>
    <p>You can't restore a deleted Worker. Pending Reservations are canceled. Accepted Tasks don't change.</p>
    ${refusal && html`<${Refusal} answer=${refusal} />`}
    <${CodeTwin} call=${call} />
  </${Dialog}>`;
}
