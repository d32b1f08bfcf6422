// The fields of a new Task as texts, and the parameters that they become.

import { compact, MOST_ATTRIBUTES, pretty } from "../../code/json_text.js";

/** Limits of the API, which are said before anything is sent. */
export const LIMITS = { attributes: MOST_ATTRIBUTES, priority: 2 ** 31 - 1, timeout: 1_209_600 };

const DEFAULTS = { priority: "0", timeout: "86400", channel: "default" }; // TaskRouter's, where a call names none

/** The fields before anything is typed: as a link fills them. `workflows` are those of the Workspace. */
export function firstDraft({ attributes = "{}", workflow }, workflows) {
  return { ...DEFAULTS, workflow: workflow ?? Object.keys(workflows)[0] ?? "", attributes: pretty(attributes) };
}

/** The parameters of the call that creates the Task; what has its default value is left out. */
export function formOf({ workflow, attributes, priority, timeout, channel }) {
  return {
    WorkflowSid: workflow,
    Attributes: compact(attributes),
    ...(priority.trim() !== DEFAULTS.priority && { Priority: priority.trim() }),
    ...(timeout.trim() !== DEFAULTS.timeout && { Timeout: timeout.trim() }),
    ...(channel !== DEFAULTS.channel && { TaskChannel: channel }),
  };
}
