// The dialog that creates a Worker, with what would follow and the code that does the same.

import { compact, lengthOf, MOST_ATTRIBUTES, problemOf } from "../../code/json_text.js";
import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { Dialog } from "../../components/dialog.js";
import { Field } from "../../components/field.js";
import { JsonEditor } from "../../components/json_editor.js";
import { createWorker } from "../../core/calls.js";
import { useRecords, useStore } from "../../core/store.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { useDraft } from "../../hooks/drafts.js";
import { toast } from "../../hooks/news.js";
import { Refusal } from "../../marks/refusal.js";
import { html, useState } from "../../vendor/preact.js";
import { Effects } from "../worker/worker_effects.js";
import { nameProblem } from "./worker_words.js";

const EMPTY = { name: "", activity: "", attributes: "{}" };

/** `created(sid)` is told of the new Worker; what was typed stays for whoever closes the dialog before. */
export function CreateWorker({ workspace, close, created }) {
  const [draft, keep, drop] = useDraft(`create worker in ${workspace}`, EMPTY);
  const [tried, setTried] = useState(false);
  const { busy, refusal, run } = useActions();
  const stopped = useStopped();
  const activities = useRecords("activities");
  const given = useStore((state) => state.records.workspace[workspace]?.default_activity_sid);
  const activity = draft.activity || given || "";
  const name = draft.name.trim();
  const problems = { name: nameProblem(name), attributes: problemOf(draft.attributes)?.words };
  const attributes = compact(draft.attributes);
  const form = {
    FriendlyName: name,
    ...(activity && activity !== given && { ActivitySid: activity }),
    ...(attributes !== "{}" && { Attributes: attributes }),
  };
  const call = createWorker(workspace, form);
  const set = (changes) => keep({ ...draft, ...changes });

  async function save() {
    setTried(true);
    if (problems.name || problems.attributes || lengthOf(attributes) > MOST_ATTRIBUTES) return;
    const outcome = await run(call);
    if (!outcome?.ok) return;
    drop();
    toast({ text: `${outcome.record.friendly_name} is created.` });
    created(outcome.record.sid);
  }

  const question = problems.attributes
    ? null
    : { question: "effects", worker: null, attributes, activity, ...(name && { friendly_name: name }) };
  const foot = html`
    <span class="tr-dialog-says tr-soft">Nothing is created until you click.</span>
    <${Button} onClick=${close}>Cancel</${Button}>
    <${Button} kind="main" keys="Ctrl ↵" disabled=${busy || Boolean(stopped)} why=${stopped} onClick=${save}>Create worker</${Button}>
  `;
  return html`<${Dialog} title="Create worker" close=${close} foot=${foot}>
    <div class="tr-create-worker">
      <div class="tr-create-fields">
        <${Field} label="Name" error=${(tried || name) && problems.name}>
          <input class="tr-input" dir="auto" autocomplete="off" spellcheck=${false} autofocus value=${draft.name} onInput=${({ target }) => set({ name: target.value })} />
        </${Field}>
        <${Field} label="Activity">
          <select class="tr-input" value=${activity} onChange=${({ target }) => set({ activity: target.value })}>
            ${activities.map(
              (each) =>
                html`<option key=${each.sid} value=${each.sid}>${each.friendly_name} (${each.available ? "available" : "not available"})</option>`,
            )}
          </select>
        </${Field}>
        <${JsonEditor}
          label="Attributes"
          value=${draft.attributes}
          onChange=${(text) => set({ attributes: text })}
          limit=${MOST_ATTRIBUTES}
          error=${tried && problems.attributes}
        />
      </div>
      <${Effects} title="When you create it" question=${question} />
    </div>
    ${refusal && html`<${Refusal} answer=${refusal} />`}
    <${CodeTwin} call=${call} />
  </${Dialog}>`;
}
