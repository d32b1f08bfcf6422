// Facts about a Task that are read off the state: its Reservations, its Worker, the Task that changed last.

import { isOpen } from "../reservations/reservation_facts.js";

const byTask = new WeakMap();

/** Return the Reservations of a Task, the oldest first. */
export function reservationsOf(records, taskSid) {
  const { reservations } = records;
  if (!byTask.has(reservations)) byTask.set(reservations, groupByTask(Object.values(reservations)));
  return byTask.get(reservations).get(taskSid) ?? [];
}

function groupByTask(reservations) {
  const groups = new Map();
  for (const each of reservations.sort((a, b) => a.date_created - b.date_created)) {
    if (!groups.has(each.task_sid)) groups.set(each.task_sid, []);
    groups.get(each.task_sid).push(each);
  }
  return groups;
}

/** True if a Task waits for a Worker, or for the answer of one. */
export function waits(task) {
  return task.assignment_status === "pending" || task.assignment_status === "reserved";
}

/** Return the name of the Worker who has or had a Task, or is offered it; empty if there was none. */
export function workerName(records, task) {
  const given = reservationsOf(records, task.sid).filter(
    (each) => isOpen(each) || each.reservation_status === "completed",
  );
  const sid = task.worker_sid ?? given.at(-1)?.worker_sid;
  return records.workers[sid]?.friendly_name ?? given.at(-1)?.worker_name ?? "";
}

/** Return the Task that the latest event is about, or else the one changed last; undefined if there are no Tasks. */
export function latestTask({ records, events }) {
  const latest = events.findLast((each) => each.task_sid in records.tasks);
  if (latest) return records.tasks[latest.task_sid];
  return Object.values(records.tasks).reduce((a, b) => (a && a.date_updated > b.date_updated ? a : b), undefined);
}
