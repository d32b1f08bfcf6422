// The dialog that creates a TaskQueue; its expression is tried on the Workers before it is there.

import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { Dialog } from "../../components/dialog.js";
import { Field } from "../../components/field.js";
import { createTaskQueue } from "../../core/calls.js";
import { go } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { toast } from "../../hooks/news.js";
import { Refusal } from "../../marks/refusal.js";
import { html, useState } from "../../vendor/preact.js";
import { ExpressionTrial, useTrial } from "./expression_trial.js";

const EVERYBODY = "1==1";

/** `close` leads back to the list. */
export function CreateQueue({ close }) {
  const workspace = useStore((state) => state.workspace);
  const [name, setName] = useState("");
  const [text, setText] = useState(EVERYBODY);
  const [asked, setAsked] = useState(false);
  const { busy, refusal, run } = useActions();
  const stopped = useStopped();
  const trial = useTrial(text, null);
  const call = createTaskQueue(workspace, { FriendlyName: name, TargetWorkers: text });
  const missing = name.trim() ? "" : "Give the TaskQueue a name.";

  async function create(event) {
    event.preventDefault();
    setAsked(true);
    if (missing || trial?.error) return event.target.querySelector("[aria-invalid=true], input").focus();
    const created = await run(call);
    if (!created?.ok) return;
    go({ page: "queues", workspace, sid: created.record.sid });
    toast({ text: `${name} is created.` });
  }

  const foot = html`
    ${refusal && html`<${Refusal} answer=${refusal} />`}
    <span class="tr-drawer-space"></span>
    <${Button} onClick=${close}>Cancel<//>
    <${Button} kind="main" type="submit" form="tr-create-queue" keys="Ctrl ↵" disabled=${busy || Boolean(stopped)} why=${stopped}>Create queue<//>
  `;
  return html`<${Dialog} title="Create queue" close=${close} foot=${foot}>
    <form class="tr-queue" id="tr-create-queue" onSubmit=${create} noValidate>
      <${Field} label="Name" error=${asked && missing}>
        <input class="tr-input" value=${name} dir="auto" autofocus onInput=${({ target }) => setName(target.value)} />
      <//>
      <${ExpressionTrial} text=${text} type=${setText} trial=${trial} />
      <${CodeTwin} call=${call} folded />
    </form>
  <//>`;
}
