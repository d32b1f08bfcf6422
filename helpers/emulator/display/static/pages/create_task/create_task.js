// The dialog that creates a Task. It shows the route before the Task is there; what is typed stays until it is.

import { Dialog } from "../../components/dialog.js";
import { createTask } from "../../core/calls.js";
import { go, route } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { useAnswer } from "../../hooks/answers.js";
import { useDraft } from "../../hooks/drafts.js";
import { toast } from "../../hooks/news.js";
import { html, useRef, useState } from "../../vendor/preact.js";
import { DialogFoot } from "./dialog_foot.js";
import { RoutePreview } from "./route_preview.js";
import { firstDraft, formOf } from "./task_draft.js";
import { TaskFields } from "./task_fields.js";
import { fieldOf, problemsOf } from "./task_limits.js";

const TYPING_MS = 400;
const NO_ROUTE = "The route appears here once the attributes can be sent.";
const FORM = "tr-create-task"; // there is one such dialog at a time

/** `close` leads back to where the dialog was opened. */
export function CreateTask({ close }) {
  const now = useStore((state) => state.workspace);
  const workspace = useRef(now).current; // the draft's, also when that has gone
  const records = useStore((state) => state.records);
  const { query } = useRef(route()).current;
  const first = useRef(firstDraft(query, records.workflows)).current;
  const [draft, keep, drop] = useDraft(`create task in ${workspace} ${query.attributes ?? ""}`, first);
  const [restored, setRestored] = useState(draft !== first);
  const [refused, setRefused] = useState(false);
  const { busy, refusal, run } = useActions();
  const stopped = useStopped() ?? missing(records);
  const root = useRef();

  const problems = problemsOf(draft, records);
  const answer = useAnswer(problems.attributes || problems.workflow ? null : question(draft), TYPING_MS);
  const reads = useRef();
  if (answer?.reads) reads.current = answer.reads; // they stay while the JSON is broken
  const call = createTask(workspace, formOf(draft));
  const field = refusal && fieldOf(refusal);

  const set = (changes) => keep({ ...draft, ...changes });
  const beginAgain = () => {
    drop();
    setRestored(false);
  };

  async function create(event) {
    event.preventDefault();
    setRefused(true);
    if (Object.keys(problems).length) return root.current.querySelector("[aria-invalid=true]")?.focus();
    const created = stopped ? null : await run(call);
    if (!created?.ok) return;
    drop();
    close();
    const show = () => go({ page: "tasks", workspace, sid: created.record.sid });
    toast({ tone: "good", text: "Task created.", action: { text: "Show", onClick: show } });
  }

  const foot = html`<${DialogFoot} form=${FORM} ...${{ call, busy, stopped, refusal: field ? null : refusal, close }} beginAgain=${restored && beginAgain} />`;
  return html`
    <${Dialog} title="Create task" close=${close} foot=${foot}>
      <form class="tr-create" id=${FORM} ref=${root} onSubmit=${create} noValidate>
        <div class="tr-create-columns">
          <${TaskFields} ...${{ draft, set, problems, all: refused, refusal, field, reads: reads.current, records }} />
          <${RoutePreview} answer=${answer} problem=${problems.workflow ?? (problems.attributes && NO_ROUTE)} />
        </div>
      </form>
    <//>
  `;
}

function missing({ workspace }) {
  return Object.keys(workspace).length ? undefined : "This Workspace no longer exists. Your text is kept here.";
}

function question({ workflow, attributes, priority, channel }) {
  return { question: "route", workflow, attributes, priority: Number(priority) || 0, channel };
}
