// The dialog that creates an Activity. It says what can't be changed later.

import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { Dialog } from "../../components/dialog.js";
import { Field } from "../../components/field.js";
import { Segments } from "../../components/segments.js";
import { createActivity } from "../../core/calls.js";
import { go } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { toast } from "../../hooks/news.js";
import { Refusal } from "../../marks/refusal.js";
import { html, useState } from "../../vendor/preact.js";

const KINDS = [
  { key: "true", text: "available", glyph: "available" },
  { key: "false", text: "not available", glyph: "unavailable" },
];

/** `close` leads back to the list. */
export function CreateActivity({ close }) {
  const workspace = useStore((state) => state.workspace);
  const [name, setName] = useState("");
  const [available, setAvailable] = useState("true");
  const [asked, setAsked] = useState(false);
  const { busy, refusal, run } = useActions();
  const stopped = useStopped();
  const call = createActivity(workspace, { FriendlyName: name, Available: available });
  const missing = name.trim() ? "" : "Give the Activity a name.";

  async function create(event) {
    event.preventDefault();
    setAsked(true);
    if (missing) return event.target.querySelector("input").focus();
    const created = await run(call);
    if (!created?.ok) return;
    go({ page: "activities", workspace, sid: created.record.sid });
    toast({ text: `${name} is created.` });
  }

  const foot = html`
    ${refusal && html`<${Refusal} answer=${refusal} />`}
    <span class="tr-drawer-space"></span>
    <${Button} onClick=${close}>Cancel<//>
    <${Button} kind="main" type="submit" form="tr-create-activity" keys="Ctrl ↵" disabled=${busy || Boolean(stopped)} why=${stopped}>Create activity<//>
  `;
  return html`<${Dialog} title="Create activity" close=${close} foot=${foot}>
    <form class="tr-queue" id="tr-create-activity" onSubmit=${create} noValidate>
      <${Field} label="Name" hint="for example Idle or At lunch" error=${asked && missing}>
        <input class="tr-input" value=${name} dir="auto" autofocus onInput=${({ target }) => setName(target.value)} />
      <//>
      <${Segments} label="Workers with this Activity are" items=${KINDS} chosen=${available} choose=${setAvailable} />
      <p class="tr-soft">Tasks reach a Worker only if the Activity is available. This can't be changed later.</p>
      <${CodeTwin} call=${call} folded />
    </form>
  <//>`;
}
