// A form for what can be changed of a Task: attributes and priority. Who saves second is asked, if it is about the same.

import { compact, pretty } from "../../code/json_text.js";
import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { Field } from "../../components/field.js";
import { JsonEditor } from "../../components/json_editor.js";
import { updateTask } from "../../core/calls.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { toast } from "../../hooks/news.js";
import { Note } from "../../marks/note.js";
import { Refusal } from "../../marks/refusal.js";
import { html, useLayoutEffect, useState } from "../../vendor/preact.js";
import { Digits } from "../create_task/digits.js";
import { LIMITS } from "../create_task/task_draft.js";
import { attributesProblem, priorityProblem } from "../create_task/task_limits.js";

/** `task` is the Task as the API has it now, of `version`. What is typed stays when that changes; `close` ends editing. */
export function TaskEditor({ workspace, task, version, close }) {
  const [begun, begin] = useState(task);
  const [typed, type] = useState(() => textsOf(task));
  const [tried, setTried] = useState(false);
  const { busy, refusal, run } = useActions();
  const stopped = useStopped();
  const problems = { attributes: attributesProblem(typed.attributes), priority: priorityProblem(typed.priority) };
  const form = formOf(begun, typed);
  const call = updateTask(workspace, task, form, version);
  const theirs = conflicting(form, begun, task);
  const follow = (texts) => {
    begin(task);
    type(texts);
  };
  const useTheirs = () => follow(textsOf(task));
  const keepMine = () => follow({ ...textsOf(task), ...touched(form, typed) });
  useLayoutEffect(() => {
    if (begun !== task && !theirs) keepMine(); // what nobody touches here shows what others save
  }, [task]);
  const isSame = Object.keys(form).length === 0;

  async function save(event) {
    event.preventDefault();
    setTried(true);
    if (problems.attributes || problems.priority || isSame || stopped || theirs) return;
    const saved = await run(call);
    if (!saved?.ok) return;
    close();
    toast({ tone: "good", text: "Task saved." });
  }

  return html`
    <form class="tr-form" onSubmit=${save} noValidate>
      <${JsonEditor}
        label="Attributes"
        value=${typed.attributes}
        limit=${LIMITS.attributes}
        error=${tried ? problems.attributes : ""}
        onChange=${(attributes) => type({ ...typed, attributes })}
        autofocus
      />
      <${Field} label="Priority" error=${problems.priority}>
        <${Digits} value=${typed.priority} type=${(priority) => type({ ...typed, priority })} />
      <//>
      ${!isSame && html`<${CodeTwin} call=${call} />`}
      ${theirs && html`<${Conflict} theirs=${theirs} useTheirs=${useTheirs} keepMine=${keepMine} />`}
      ${refusal && html`<${Refusal} answer=${refusal} />`}
      <div class="tr-foot-buttons">
        <${Button} onClick=${close}>Cancel<//>
        <${Button} kind="main" type="submit" keys="Ctrl ↵" disabled=${busy || isSame || Boolean(stopped)} why=${stopped ?? (isSame ? "You haven't changed anything yet." : "")}>
          Save
        <//>
      </div>
    </form>
  `;
}

function Conflict({ theirs, useTheirs, keepMine }) {
  const buttons = [
    html`<${Button} onClick=${useTheirs}>Use theirs<//>`,
    html`<${Button} onClick=${keepMine}>Keep mine<//>`,
  ];
  return html`<${Note} tone="wait" bold="Someone else saved this Task first." buttons=${buttons}>
    Your text is kept here. Theirs: <code class="tr-mono">${theirs}</code>
  <//>`;
}

function textsOf({ attributes, priority }) {
  return { attributes: pretty(attributes), priority: String(priority) };
}

/** The parameters that differ from the Task as it was when editing began. */
function formOf(begun, { attributes, priority }) {
  const text = compact(attributes);
  return {
    ...(text !== compact(begun.attributes) && { Attributes: text }),
    ...(priority.trim() !== String(begun.priority) && { Priority: priority.trim() }),
  };
}

/** Of the texts those that would be sent. */
function touched(form, { attributes, priority }) {
  return { ...("Attributes" in form && { attributes }), ...("Priority" in form && { priority }) };
}

/** What somebody else wrote into the same fields meanwhile; null if that is nothing. */
function conflicting(form, begun, now) {
  const both = [
    ["Attributes", "attributes"],
    ["Priority", "priority"],
  ].filter(([parameter, name]) => parameter in form && begun[name] !== now[name]);
  return both.map(([, name]) => now[name]).join(", ") || null;
}
