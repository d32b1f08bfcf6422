// Short names of TaskQueues: "Customer Care Requests - Spanish" is "Spanish" beside "Customer Care Requests - English".

const PARTS = " - ";
const shortened = new WeakMap();

/** Return the name of a TaskQueue for a narrow place. A beginning that it shares with another queue is left out, if what is left
 * names it alone. */
export function shortQueueName(queues, name) {
  if (!shortened.has(queues)) shortened.set(queues, shorten(Object.values(queues).map((each) => each.friendly_name)));
  return shortened.get(queues).get(name) ?? name;
}

function shorten(names) {
  const begins = count(names.map((name) => split(name)[0]));
  const short = new Map(names.map((name) => [name, begins.get(split(name)[0]) > 1 ? split(name)[1] : name]));
  const used = count([...short.values()]);
  for (const [name, end] of short) if (used.get(end) > 1) short.set(name, name);
  return short;
}

function split(name) {
  const at = name.lastIndexOf(PARTS);
  return at < 0 ? ["", name] : [name.slice(0, at), name.slice(at + PARTS.length)];
}

function count(texts) {
  const counts = new Map();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
