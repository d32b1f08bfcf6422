// The attributes of a Worker: the editor, what would follow, the code; and at the foot the buttons, or a choice.

import { MOST_ATTRIBUTES, pretty } from "../../code/json_text.js";
import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { JsonEditor } from "../../components/json_editor.js";
import { useStopped } from "../../hooks/actions.js";
import { Note } from "../../marks/note.js";
import { Refusal } from "../../marks/refusal.js";
import { html, useState } from "../../vendor/preact.js";
import { Compare } from "./compare.js";
import { Effects } from "./worker_effects.js";

/** `editor` is what `useWorkerEditor` returned. */
export function WorkerAttributes({ worker, editor }) {
  const { text, problem, isDirty, isKnown, tried, call, sent } = editor;
  if (!isKnown) return html`<p class="tr-soft">Loading…</p>`;
  const question = isDirty && !problem ? { question: "effects", worker: worker.sid, attributes: sent } : null;
  const idle = isDirty ? undefined : "Change the attributes to see the effects here.";
  return html`
    <${JsonEditor}
      label="Attributes"
      mark=${isDirty && html`<span class="tr-edited">edited</span>`}
      tools=${isDirty && html`<${Button} kind="quiet" onClick=${editor.undo}>Undo</${Button}>`}
      value=${text}
      onChange=${editor.type}
      limit=${MOST_ATTRIBUTES}
      error=${tried && problem ? problem.words : ""}
    />
    <${Effects} question=${question} idle=${idle} />
    ${isDirty && !problem && html`<${CodeTwin} call=${call} />`}
  `;
}

/** The foot of the drawer. */
export function WorkerAttributesFoot({ worker, editor, close }) {
  const stopped = useStopped();
  const { busy, isDirty, refusal, theirs } = editor;
  const why = stopped ?? (isDirty ? undefined : "You haven't changed anything yet.");
  return html`
    ${theirs && html`<${Conflict} worker=${worker} editor=${editor} stopped=${stopped} />`}
    ${refusal && html`<${Refusal} answer=${refusal} />`}
    <div class="tr-foot-buttons">
      <${Button} onClick=${isDirty ? editor.undo : close}>Cancel</${Button}>
      <${Button} kind="main" keys="Ctrl ↵" disabled=${busy || Boolean(why)} why=${why} onClick=${editor.save}>Save</${Button}>
    </div>
  `;
}

function Conflict({ worker, editor, stopped }) {
  const [comparing, compare] = useState(false);
  const { text, theirs } = editor;
  const close = () => compare(false);
  const buttons = [
    html`<${Button} onClick=${() => compare(true)}>Compare</${Button}>`,
    html`<${Button} onClick=${editor.useTheirs}>Use theirs</${Button}>`,
    html`<${Button} disabled=${Boolean(stopped)} why=${stopped} onClick=${editor.saveMine}>Save mine anyway</${Button}>`,
  ];
  return html`
    <${Note} tone="wait" role="alert" bold=${`Someone else saved ${worker.friendly_name} first.`} buttons=${buttons}>
      Your text is kept here. Twilio answers this with <code class="tr-mono">412 Precondition Failed</code>.
    </${Note}>
    ${comparing && html`<${Compare} theirs=${pretty(theirs.attributes)} mine=${pretty(text)} close=${close} buttons=${buttons.slice(1)} />`}
  `;
}
