// Events in a list: which of them are asked for, and where the things lead that they are about.

const PAGES = {
  WA: "activities",
  WK: "workers",
  WQ: "queues",
  WR: "reservations",
  WT: "tasks",
  WW: "workflows",
};
const TEXTS = ["sentence", "event_type", "about", "sid", "resource_sid", "task_sid", "worker_sid", "reservation_sid"];

/** The events of a type, a Task and a Worker that hold a text, the newest first. `query` is the route's. */
export function listEvents(events, { type, task, worker, q = "" }) {
  const wanted = q.trim().toLowerCase();
  const holds = (event) => TEXTS.some((name) => (event[name] ?? "").toLowerCase().includes(wanted));
  return events
    .filter(
      (event) =>
        (!type || event.event_type === type) &&
        (!task || event.task_sid === task) &&
        (!worker || event.worker_sid === worker) &&
        (!wanted || holds(event)),
    )
    .reverse();
}

/** The route of the thing that an event is about; null if it has no page. */
export function placeOf({ resource_sid }, workspace) {
  const page = PAGES[resource_sid?.slice(0, 2)];
  return page ? { page, workspace, sid: resource_sid } : null;
}

/** An event of the REST API in the form of those that the emulator sends by itself. */
export function eventOf({ sid, event_type, event_date, description, resource_type, resource_sid, event_data }) {
  const { task_sid = null, worker_sid = null, reservation_sid = null, worker_name } = event_data ?? {};
  return {
    sid,
    event_type,
    event_date_ms: Date.parse(event_date),
    description,
    resource_type,
    resource_sid,
    task_sid,
    worker_sid,
    reservation_sid,
    request: null,
    sentence: description,
    about: (resource_type === "worker" && worker_name) || `${resource_sid.slice(0, 6)}…`,
  };
}
