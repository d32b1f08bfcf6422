// What TaskRouter calls when it has reserved a Worker, and how long the Worker has to answer.

import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { Field } from "../../components/field.js";
import { updateWorkflow } from "../../core/calls.js";
import { useStore } from "../../core/store.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { useDraft } from "../../hooks/drafts.js";
import { toast } from "../../hooks/news.js";
import { Note } from "../../marks/note.js";
import { Refusal } from "../../marks/refusal.js";
import { html } from "../../vendor/preact.js";

const FIELDS = [
  { name: "friendly_name", parameter: "FriendlyName", label: "Name" },
  {
    name: "assignment_callback_url",
    parameter: "AssignmentCallbackUrl",
    label: "Assignment callback URL",
    hint: "called for each Reservation",
    type: "url",
  },
  {
    name: "fallback_assignment_callback_url",
    parameter: "FallbackAssignmentCallbackUrl",
    label: "Fallback URL",
    hint: "called if the other one fails",
    type: "url",
  },
  {
    name: "task_reservation_timeout",
    parameter: "TaskReservationTimeout",
    label: "Reservation timeout",
    hint: "seconds to accept",
    type: "number",
  },
];

const NOTHING = {}; // is changed

/** `workflow` is the record. */
export function WorkflowSettings({ workflow }) {
  const workspace = useStore((state) => state.workspace);
  const [draft, setDraft, drop] = useDraft(`settings of ${workflow.sid}`, NOTHING);
  const { busy, refusal, run } = useActions();
  const stopped = useStopped();
  const edited = { ...workflow, ...draft };
  const form = formOf(workflow, draft);
  const changed = Object.keys(form).length > 0;
  const call = updateWorkflow(workspace, workflow, form);
  const why = stopped ?? (changed ? undefined : "You haven't changed anything.");

  async function save(event) {
    event.preventDefault();
    if (why || !(await run(call))?.ok) return;
    drop();
    toast({ text: `${edited.friendly_name} is saved.` });
  }

  return html`<form class="tr-workflow-settings" onSubmit=${save} noValidate>
    ${FIELDS.map(
      ({ name, label, hint, type = "text" }) => html`<${Field} key=${name} label=${label} hint=${hint}>
        <input
          class=${type === "text" ? "tr-input" : "tr-input tr-mono"}
          type=${type}
          dir=${type === "text" ? "auto" : "ltr"}
          value=${edited[name] ?? ""}
          onInput=${({ target }) => setDraft({ ...draft, [name]: target.value })}
        />
      <//>`,
    )}
    ${!edited.assignment_callback_url && html`<${Note} tone="info" bold="No callbacks.">Without a URL, TaskRouter sends no assignment callback. A Reservation waits until you accept it.<//>`}
    ${refusal && html`<${Refusal} answer=${refusal} />`}
    <div class="tr-configuration-foot tr-page-foot">
      <span class="tr-drawer-space"></span>
      ${changed && html`<${Button} onClick=${drop}>Undo<//>`}
      <${Button} kind="main" type="submit" keys="Ctrl ↵" disabled=${busy || Boolean(why)} why=${why}>Save<//>
    </div>
    ${changed && html`<${CodeTwin} call=${call} />`}
  </form>`;
}

/** The parameters that save what differs. */
function formOf(workflow, draft) {
  const changes = FIELDS.filter(({ name }) => name in draft && draft[name] !== String(workflow[name] ?? ""));
  return Object.fromEntries(changes.map(({ name, parameter }) => [parameter, draft[name]]));
}
