// How a Task can be ended by hand: canceled while it waits, wrapped up and completed once a Worker has it.

import { Button } from "../../components/button.js";
import { cancelTask, completeTask, updateTask } from "../../core/calls.js";
import { useStore } from "../../core/store.js";
import { useStopped } from "../../hooks/actions.js";
import { Refusal } from "../../marks/refusal.js";
import { html } from "../../vendor/preact.js";

const CANCEL = { kind: "plain", text: "Cancel task", call: cancelTask };
const COMPLETE = { kind: "main", text: "Complete", call: completeTask };
const WRAP_UP = {
  kind: "plain",
  text: "Wrap up",
  call: (workspace, task) => ({
    ...updateTask(workspace, task, { AssignmentStatus: "wrapping" }),
    says: "Wrap up Task",
  }),
};
const ENDINGS = { pending: [CANCEL], reserved: [CANCEL], assigned: [WRAP_UP, COMPLETE], wrapping: [COMPLETE] };

/** The buttons that the status of `task` allows, null if none; `doing` is what `useActions` returns, of whoever stays. */
export function taskEndings(task, doing) {
  const endings = ENDINGS[task?.assignment_status] ?? [];
  return endings.length || doing.refusal ? html`<${Endings} ...${{ task, endings, doing }} />` : null;
}

function Endings({ task, endings, doing }) {
  const { busy, refusal, run } = doing;
  const workspace = useStore((state) => state.workspace);
  const stopped = useStopped();
  return html`
    ${refusal && html`<${Refusal} answer=${refusal} />`}
    ${endings.map(
      ({ kind, text, call }) => html`
        <${Button} key=${text} kind=${kind} disabled=${busy || Boolean(stopped)} why=${stopped} onClick=${() => run(call(workspace, task))}>
          ${text}
        <//>
      `,
    )}
  `;
}
