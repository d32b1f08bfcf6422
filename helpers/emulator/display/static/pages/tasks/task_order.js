// Order of Tasks in lists, what a filter finds, and how many there are of each status.

/** Statuses of a Task in the order of its life: what waits comes first, what has ended comes last. */
export const STATUSES = ["pending", "reserved", "assigned", "wrapping", "completed", "canceled"];

/** Orders that a reader can choose; each applies within a status. Ties keep the order of creation. */
export const ORDERS = {
  oldest: { text: "Oldest first", compare: (a, b) => a.date_created - b.date_created },
  newest: { text: "Newest first", compare: (a, b) => b.date_created - a.date_created },
  priority: {
    text: "Highest priority first",
    compare: (a, b) => b.priority - a.priority || a.date_created - b.date_created,
  },
};

/** Return the number of Tasks by status, with the total as `all`. */
export function countByStatus(tasks) {
  const counts = { all: tasks.length };
  for (const status of STATUSES) counts[status] = 0;
  for (const task of tasks) counts[task.assignment_status] += 1;
  return counts;
}

/** Return the Tasks that have `status` (empty: any) and whose texts hold `query`, in the order named. */
export function listTasks(tasks, { status, query, order }, workerName) {
  const words = (query ?? "").trim().toLowerCase();
  const found = tasks.filter(
    (task) => (!status || task.assignment_status === status) && (!words || holds(task, words, workerName)),
  );
  const { compare } = ORDERS[order] ?? ORDERS.oldest;
  return found.sort((a, b) => rank(a) - rank(b) || compare(a, b));
}

const rank = (task) => STATUSES.indexOf(task.assignment_status);

const texts = new WeakMap(); // a record keeps its identity until it changes

function holds(task, words, workerName) {
  if (!texts.has(task)) texts.set(task, searchable(task));
  return texts.get(task).includes(words) || workerName(task).toLowerCase().includes(words);
}

function searchable(task) {
  const { sid, attributes, task_queue_friendly_name, workflow_friendly_name, task_channel_unique_name } = task;
  const fields = [sid, attributes, task_queue_friendly_name, workflow_friendly_name, task_channel_unique_name];
  return fields.filter(Boolean).join("\n").toLowerCase();
}
