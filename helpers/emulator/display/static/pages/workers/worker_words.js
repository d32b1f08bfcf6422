// A Worker in a few words: "en, es", "default 1 of 1 pending".

import { isOpen } from "../reservations/reservation_facts.js";

const LONGEST_NAME = 64;
const grouped = new WeakMap();

/** Values of a Worker's attributes; with their names if there are several. Text that isn't a JSON object stays as it is. */
export function attributesInShort(text) {
  const attributes = parsed(text);
  if (!attributes) return text;
  const entries = Object.entries(attributes);
  if (entries.length === 1) return inShort(entries[0][1]);
  return entries.map(([name, value]) => `${name} ${inShort(value)}`).join("; ");
}

function inShort(value) {
  if (Array.isArray(value)) return value.map(inShort).join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function parsed(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return null; // cut after 400 characters
  }
}

/** The channels of a Worker, in order of creation. */
export function channelsOf(records, workerSid) {
  return group(records.worker_channels).get(workerSid) ?? [];
}

/** The Reservations of a Worker that use capacity, the oldest first. */
export function heldBy(records, workerSid) {
  const own = group(records.reservations).get(workerSid) ?? [];
  return own.filter(isOpen);
}

/** When an offer that nobody answered moved a Worker to the Activity they have now; undefined if none did. */
export function movedAt(records, worker) {
  const [workspace] = Object.values(records.workspace);
  if (worker.available || worker.activity_sid !== workspace?.timeout_activity_sid) return undefined;
  const own = group(records.reservations).get(worker.sid) ?? [];
  const moment = worker.date_status_changed;
  return own.some((each) => each.reservation_status === "timeout" && each.date_updated === moment) ? moment : undefined;
}

/** What uses a Worker's channels, for each that is in use: "chat 3 of 3: 2 accepted, 1 pending; voice 1 of 1 pending". */
export function capacityInShort(channels) {
  const used = channels.filter(({ held }) => heldInAll(held) > 0);
  return used.map((each) => `${each.task_channel_unique_name} ${capacityInWords(each)}`).join("; ");
}

/** "3 of 3: 2 accepted, 1 pending", "1 of 1 pending", "0 of 1"; `held` has the number of Reservations by status. */
export function capacityInWords({ held, configured_capacity: capacity }) {
  const used = Object.entries(held).filter(([, number]) => number > 0);
  const each = used.map(([status, number]) => `${number} ${status}`).join(", ");
  return `${heldInAll(held)} of ${capacity}${used.length > 1 ? `: ${each}` : used.map(([status]) => ` ${status}`)}`;
}

function heldInAll(held) {
  return Object.values(held).reduce((sum, number) => sum + number, 0);
}

/** The records of one kind by Worker; made once for each state of that kind. */
function group(records) {
  if (!grouped.has(records))
    grouped.set(
      records,
      Map.groupBy(Object.values(records), (each) => each.worker_sid),
    );
  return grouped.get(records);
}

/** What is wrong with a Worker's name, in a sentence; "" if nothing is. */
export function nameProblem(name) {
  if (!name) return "A Worker needs a name.";
  const over = [...name].length - LONGEST_NAME;
  return over > 0 ? `A name has at most ${LONGEST_NAME} characters. Take ${over} away.` : "";
}
