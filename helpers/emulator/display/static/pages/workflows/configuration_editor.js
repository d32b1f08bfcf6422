// The configuration of a Workflow as JSON: what TaskRouter would refuse is said at its place, before it is saved.

import { compact, pretty } from "../../code/json_text.js";
import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { JsonEditor } from "../../components/json_editor.js";
import { updateWorkflow } from "../../core/calls.js";
import { useStore } from "../../core/store.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { useAnswer } from "../../hooks/answers.js";
import { useDraft } from "../../hooks/drafts.js";
import { toast } from "../../hooks/news.js";
import { Glyph } from "../../marks/glyph.js";
import { Note } from "../../marks/note.js";
import { Refusal } from "../../marks/refusal.js";
import { html, useRef, useState } from "../../vendor/preact.js";
import { ConfigurationErrors } from "./configuration_errors.js";
import { QueueLink } from "./queue_link.js";
import { RoutingTree } from "./routing_tree.js";

const TYPING_MS = 400;

/** `workflow` is the record. */
export function ConfigurationEditor({ workflow }) {
  const workspace = useStore((state) => state.workspace);
  const saved = pretty(workflow.configuration ?? "");
  const [draft, keep, drop] = useDraft(`configuration of ${workflow.sid}`, null);
  const [again, setAgain] = useState(true);
  const { busy, refusal, run } = useActions();
  const stopped = useStopped();
  const root = useRef();
  const text = draft?.text ?? saved;
  const theirs = draft && draft.begun !== workflow.configuration;
  const changed = compact(text) !== compact(saved);
  const answer = useAnswer({ question: "configuration", text }, TYPING_MS);
  const errors = answer?.errors ?? [];
  const call = updateWorkflow(workspace, workflow, {
    Configuration: compact(text),
    ...(again && { ReEvaluateTasks: "true" }),
  });
  const why = stopped ?? (changed ? undefined : "You haven't changed anything.");
  const useTheirs = html`<${Button} onClick=${drop}>Use theirs<//>`;
  const area = () => root.current.querySelector("textarea");

  async function save() {
    if (errors.length) return goTo(area(), text, errors[0]);
    if (!(await run(call))?.ok) return;
    drop();
    toast({ text: `${workflow.friendly_name} is saved.` });
  }

  return html`<div class="tr-configuration" ref=${root}>
    <div class="tr-configuration-edit">
      <${JsonEditor}
        label="Configuration"
        mark=${changed && html`<span class="tr-queue-edited">edited</span>`}
        tools=${changed && html`<${Button} kind="quiet" onClick=${drop}>Undo<//>`}
        value=${text}
        onChange=${(value) => keep({ text: value, begun: draft?.begun ?? workflow.configuration })}
      />
      ${answer?.error && html`<${Note} tone="bad">${answer.error.message} ${answer.error.hint}<//>`}
      ${answer?.notes?.length > 0 && html`<${Note} tone="wait" bold="Without effect.">${answer.notes.map((note) => html`<p key=${note}>${note}</p>`)}<//>`}
      <label class="tr-configuration-again">
        <input type="checkbox" checked=${again} onChange=${({ target }) => setAgain(target.checked)} />
        <span>Evaluate waiting Tasks again<span class="tr-soft"> · without it, they keep the configuration they entered</span></span>
      </label>
      ${refusal && html`<${Refusal} answer=${refusal} />`}
      ${theirs && changed && html`<${Note} tone="wait" bold="Someone else saved this Workflow first." buttons=${useTheirs}>Your text is kept here. Save replaces theirs.<//>`}
      <div class="tr-configuration-foot tr-page-foot">
        ${errors.length === 0 && answer?.tree && html`<span class="tr-configuration-good"><${Glyph} name="tick" /> TaskRouter accepts this.</span>`}
        <span class="tr-drawer-space"></span>
        <${Button} kind="main" keys="Ctrl ↵" disabled=${busy || Boolean(why)} why=${why} onClick=${save}>Save<//>
      </div>
      ${changed && errors.length === 0 && html`<${CodeTwin} call=${call} folded />`}
    </div>
    <section aria-label="What this text means">
      <${ConfigurationErrors} errors=${errors} show=${(error) => goTo(area(), text, error)} />
      ${answer?.tree && html`<${RoutingTree} tree=${answer.tree} QueueLink=${QueueLink} />`}
    </section>
  </div>`;
}

/** Put the cursor where a mistake is, and show it. */
function goTo(area, text, { line, column }) {
  const before = text.split("\n").slice(0, line - 1);
  const at = before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  area.focus();
  area.setSelectionRange(at, at + 1);
  const frame = area.parentElement;
  frame.scrollTop = Math.max(0, (line - 3) * 20);
}
