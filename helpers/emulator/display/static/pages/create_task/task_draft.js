// What was typed into "Create task": checked before it is sent, and kept until the Task is created.

import { compact, pretty } from "../../code/json_text.js";

/** Limits of the API, which are said before anything is sent. */
export const LIMITS = { attributes: 4096, priority: 2 ** 31 - 1, timeout: 1_209_600 };

const DEFAULTS = { priority: "0", timeout: "86400", channel: "default" }; // TaskRouter's, where a call names none
const EMPTY = { workflow: "", attributes: "{}", ...DEFAULTS };

/** The fields before anything is typed. `workflows` are those of the Workspace. */
export function emptyDraft(workflows) {
  return { ...EMPTY, workflow: Object.keys(workflows)[0] ?? "" };
}

/** The fields as a link fills them, else as they were left. */
export function openDraft(workspace, { attributes, workflow }, workflows) {
  const empty = emptyDraft(workflows);
  if (attributes === undefined && workflow === undefined) return { ...empty, ...readDraft(workspace) };
  return { ...empty, ...(workflow && { workflow }), ...(attributes && { attributes: pretty(attributes) }) };
}

/** True if something was typed and left. */
export function hasDraft(workspace) {
  return readDraft(workspace) !== null;
}

/** Keep what was typed, for as long as the browser's tab is open. */
export function keepDraft(workspace, draft) {
  try {
    sessionStorage.setItem(place(workspace), JSON.stringify(draft));
  } catch {
    // storage may be turned off or full: then the draft lasts as long as the dialog
  }
}

/** Forget the draft: its Task was created, or the reader begins again. */
export function dropDraft(workspace) {
  try {
    sessionStorage.removeItem(place(workspace));
  } catch {
    // as above
  }
}

function readDraft(workspace) {
  try {
    return JSON.parse(sessionStorage.getItem(place(workspace)));
  } catch {
    return null;
  }
}

const place = (workspace) => `taskrouter-create-task ${workspace}`;

/** The parameters of the call that creates the Task; what has its default value is left out. */
export function formOf({ workflow, attributes, priority, timeout, channel }) {
  return {
    WorkflowSid: workflow,
    Attributes: compact(attributes),
    ...(priority !== DEFAULTS.priority && { Priority: priority }),
    ...(timeout !== DEFAULTS.timeout && { Timeout: timeout }),
    ...(channel !== DEFAULTS.channel && { TaskChannel: channel }),
  };
}
