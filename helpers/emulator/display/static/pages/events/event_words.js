// Events in a list: which of them are asked for, and those of the API in the same form.

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
    channel: event_data?.task_channel_unique_name ?? null,
    request: null,
    sentence: description,
    about: (resource_type === "worker" && worker_name) || `${resource_sid.slice(0, 6)}…`,
  };
}
