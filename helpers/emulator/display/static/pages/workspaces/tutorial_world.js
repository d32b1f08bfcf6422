// The tutorial's Workspace: Alice and Bob, two queues and a Workflow between them, made with the calls of lesson 1.

import { act } from "../../core/act.js";
import { createActivity, createTaskQueue, createWorker, createWorkflow, createWorkspace } from "../../core/calls.js";

const NAME = "TaskRouter Notebooks";
const QUEUE = "Customer Care Requests - ";
const ACTIVITIES = [activity("Idle", true), activity("Busy", false), activity("Reserved", false)];
const WORKERS = [worker("Alice", ["en", "es"]), worker("Bob", ["en"])];
const QUEUES = [queue("English", "en"), queue("Spanish", "es")];
const FILTERS = [
  ["Spanish", "es"],
  ["English", "en"],
];
const RESERVATION_TIMEOUT_S = 1200; // long enough to read a page while a Reservation waits

/** Make it, call by call in the lesson's order, and return what came of the last, see act.js, with the Workspace's SID. */
export async function createTutorialWorld() {
  const begun = await act(createWorkspace({ FriendlyName: NAME }));
  if (!begun.ok) return begun;
  const { sid } = begun.record;
  const queues = {};
  for (const call of [...ACTIVITIES, ...WORKERS, ...QUEUES].map((make) => make(sid))) {
    const outcome = await act(call);
    if (!outcome.ok) return outcome;
    queues[outcome.record.friendly_name] = outcome.record.sid;
  }
  return { ...(await act(createWorkflow(sid, workflow(queues)))), sid };
}

function activity(name, available) {
  return (sid) => createActivity(sid, { FriendlyName: name, Available: available });
}

function worker(name, languages) {
  return (sid) => createWorker(sid, { FriendlyName: name, Attributes: JSON.stringify({ languages }) });
}

function queue(language, code) {
  return (sid) => createTaskQueue(sid, { FriendlyName: QUEUE + language, TargetWorkers: `languages HAS "${code}"` });
}

/** `queues` are SIDs by name. */
function workflow(queues) {
  const filters = FILTERS.map(([language, code]) => ({
    filter_friendly_name: language,
    expression: `selected_language == "${code}"`,
    targets: [{ queue: queues[QUEUE + language] }],
  }));
  return {
    FriendlyName: "Customer Care Requests",
    Configuration: JSON.stringify({ task_routing: { filters } }),
    TaskReservationTimeout: RESERVATION_TIMEOUT_S,
  };
}
