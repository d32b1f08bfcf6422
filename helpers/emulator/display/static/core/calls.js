// Descriptions of every call that the portal makes: `act` sends them, `twin` shows them as code.
//
// {method, path: ["Workspaces", SID, "Workers", SID], form: {ActivitySid: "WA…"}, ifMatch?: version, says: "Set Alice to Idle"}
// A path that begins with "_emulator" leads to the emulator's own routes, any other to Twilio's API.

const inWorkspace = (workspace, ...way) => ["Workspaces", workspace, ...way];
const create = (path, form, says) => ({ method: "POST", path, form, says });
const update = (path, form, says, ifMatch) => ({ method: "POST", path, form, says, ...(ifMatch && { ifMatch }) });
const remove = (path, says) => ({ method: "DELETE", path, form: {}, says });
const control = (way, form, says) => ({ method: "POST", path: ["_emulator", ...way], form, says });

export function createWorkspace(form) {
  return create(["Workspaces"], form, "Create Workspace");
}

export function updateWorkspace(workspace, form) {
  return update(inWorkspace(workspace), form, "Save Workspace");
}

export function deleteWorkspace(workspace) {
  return remove(inWorkspace(workspace), "Delete Workspace");
}

export function setActivity(workspace, worker, activity) {
  const path = inWorkspace(workspace, "Workers", worker.sid);
  return update(path, { ActivitySid: activity.sid }, `Set ${worker.friendly_name} to ${activity.friendly_name}`);
}

/** Reads what a record leaves out: attributes that were cut. */
export function fetchWorker(workspace, sid) {
  return { method: "GET", path: inWorkspace(workspace, "Workers", sid), form: {}, says: "Fetch Worker" };
}

export function createWorker(workspace, form) {
  return create(inWorkspace(workspace, "Workers"), form, `Create ${form.FriendlyName || "Worker"}`);
}

/** `ifMatch` is the version that the change was made from; without it the last one to save wins. */
export function updateWorker(workspace, worker, form, ifMatch) {
  return update(inWorkspace(workspace, "Workers", worker.sid), form, `Save ${worker.friendly_name}`, ifMatch);
}

export function deleteWorker(workspace, worker) {
  return remove(inWorkspace(workspace, "Workers", worker.sid), `Delete ${worker.friendly_name}`);
}

/** `channel` is a WorkerChannel; `form` has Capacity or Available. */
export function updateWorkerChannel(workspace, channel, form) {
  const path = inWorkspace(workspace, "Workers", channel.worker_sid, "Channels", channel.sid);
  return update(path, form, `Save channel ${channel.task_channel_unique_name}`);
}

export function createTask(workspace, form) {
  return create(inWorkspace(workspace, "Tasks"), form, "Create task");
}

/** As `fetchWorker`. */
export function fetchTask(workspace, sid) {
  return { method: "GET", path: inWorkspace(workspace, "Tasks", sid), form: {}, says: "Fetch Task" };
}

/** An event that may be older than those that the page was sent. */
export function fetchEvent(workspace, sid) {
  return { method: "GET", path: inWorkspace(workspace, "Events", sid), form: {}, says: "Fetch event" };
}

export function updateTask(workspace, task, form, ifMatch) {
  return update(inWorkspace(workspace, "Tasks", task.sid), form, "Save Task", ifMatch);
}

export function cancelTask(workspace, task, reason) {
  return endTask(workspace, task, "canceled", reason, "Cancel Task");
}

export function completeTask(workspace, task, reason) {
  return endTask(workspace, task, "completed", reason, "Complete Task");
}

function endTask(workspace, task, status, reason, says) {
  const form = { AssignmentStatus: status, ...(reason && { Reason: reason }) };
  return update(inWorkspace(workspace, "Tasks", task.sid), form, says);
}

export function deleteTask(workspace, task) {
  return remove(inWorkspace(workspace, "Tasks", task.sid), "Delete Task");
}

export function acceptReservation(workspace, reservation) {
  return answerReservation(workspace, reservation, { ReservationStatus: "accepted" }, "Accept for");
}

/** `activity` is what the Worker gets with it; without one, what the Workspace or the Worker's queue has for it. */
export function rejectReservation(workspace, reservation, activity) {
  const form = { ReservationStatus: "rejected", ...(activity && { WorkerActivitySid: activity.sid }) };
  return answerReservation(workspace, reservation, form, "Reject for");
}

export function wrapUpReservation(workspace, reservation) {
  return answerReservation(workspace, reservation, { ReservationStatus: "wrapping" }, "Wrap up for");
}

export function completeReservation(workspace, reservation) {
  return answerReservation(workspace, reservation, { ReservationStatus: "completed" }, "Complete for");
}

function answerReservation(workspace, reservation, form, verb) {
  const path = inWorkspace(workspace, "Tasks", reservation.task_sid, "Reservations", reservation.sid);
  return update(path, form, `${verb} ${reservation.worker_name}`);
}

export function createTaskQueue(workspace, form) {
  return create(inWorkspace(workspace, "TaskQueues"), form, "Create queue");
}

export function updateTaskQueue(workspace, queue, form) {
  return update(inWorkspace(workspace, "TaskQueues", queue.sid), form, `Save ${queue.friendly_name}`);
}

export function deleteTaskQueue(workspace, queue) {
  return remove(inWorkspace(workspace, "TaskQueues", queue.sid), `Delete ${queue.friendly_name}`);
}

export function createWorkflow(workspace, form) {
  return create(inWorkspace(workspace, "Workflows"), form, "Create workflow");
}

export function updateWorkflow(workspace, workflow, form) {
  return update(inWorkspace(workspace, "Workflows", workflow.sid), form, `Save ${workflow.friendly_name}`);
}

export function deleteWorkflow(workspace, workflow) {
  return remove(inWorkspace(workspace, "Workflows", workflow.sid), `Delete ${workflow.friendly_name}`);
}

export function createActivity(workspace, form) {
  return create(inWorkspace(workspace, "Activities"), form, "Create activity");
}

export function updateActivity(workspace, activity, form) {
  return update(inWorkspace(workspace, "Activities", activity.sid), form, `Save ${activity.friendly_name}`);
}

export function deleteActivity(workspace, activity) {
  return remove(inWorkspace(workspace, "Activities", activity.sid), `Delete ${activity.friendly_name}`);
}

export function advanceClock(seconds) {
  return control(["clock", "advance"], { seconds }, `Advance ${seconds} s`);
}

/** `clock` is the state's; its first timer is the next. Returns null if none runs. */
export function toNextTimer(clock) {
  const [next] = clock.timers;
  if (!next) return null;
  const seconds = Math.max(0, next.due_ms - clock.now_ms) / 1000;
  return { ...advanceClock(seconds), says: "Go to next timer" };
}

export function pauseClock() {
  return control(["clock", "pause"], {}, "Pause the clock");
}

export function runClock() {
  return control(["clock", "run"], {}, "Run the clock");
}

/** `number` is the delivery's, as `GET /_emulator/deliveries` has it. */
export function replayDelivery(number) {
  return control(["deliveries", number, "replay"], {}, "Replay");
}
