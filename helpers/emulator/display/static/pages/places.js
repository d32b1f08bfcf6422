// Where a SID leads: its two letters say what it is of.

const PLACES = {
  WA: { page: "activities", kind: "activities" },
  WK: { page: "workers", kind: "workers" },
  WQ: { page: "queues", kind: "task_queues" },
  WR: { page: "reservations", kind: "reservations" },
  WT: { page: "tasks", kind: "tasks" },
  WW: { page: "workflows", kind: "workflows" },
};

/** The route of what has this SID; null if that has no page. */
export function placeOf(sid, workspace) {
  const found = PLACES[sid?.slice(0, 2)];
  return found ? { page: found.page, workspace, sid } : null;
}

/** The record of what has this SID, of `records` of the state; undefined if there is none. */
export function recordOf(records, sid) {
  return records[PLACES[sid.slice(0, 2)]?.kind]?.[sid];
}
