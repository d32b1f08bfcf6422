// What a message of the emulator makes of the state. States are never changed: a record, a kind of records and the whole
// state are each the same object until something in them differs, so that a view may compare by identity.

const KINDS =
  "workspace activities task_channels task_queues workers worker_channels workflows tasks reservations".split(" ");
const KEPT = 500; // events and requests: what came after the page was opened, too, but not without end

/** Nothing is known yet. `seq` is null until the whole state comes, `boot` only before the first. */
export const NOTHING = Object.freeze({
  link: "connecting",
  boot: null,
  seq: null,
  at: 0,
  mode: "local",
  account_sid: null,
  names: {},
  workspaces: [],
  workspace: null,
  records: Object.fromEntries(KINDS.map((kind) => [kind, {}])),
  clock: null,
  events: [],
  requests: [],
});

/** The state after the whole of it was sent; what is as before keeps its identity. */
export function whole(state, { type: _, records, ...rest }) {
  const kinds = KINDS.map((kind) => [kind, kept(state.records[kind], records[kind] ?? {})]);
  return { ...state, ...rest, records: Object.fromEntries(kinds) };
}

/** The state after a change: records by kind and SID, those that are gone, and what else is new. */
export function changed(state, { type: _, records = {}, gone = {}, events, requests, ...rest }) {
  const touched = new Set([...Object.keys(records), ...Object.keys(gone)]);
  const after = { ...state, ...rest };
  if (touched.size) after.records = { ...state.records };
  for (const kind of touched)
    after.records[kind] = without({ ...state.records[kind], ...records[kind] }, gone[kind] ?? []);
  after.events = numbered(state.events, events);
  after.requests = numbered(state.requests, requests);
  return after;
}

function without(records, gone) {
  for (const sid of gone) delete records[sid];
  return records;
}

/** `after`, in which each record that says the same as in `before` is the one of `before`. */
function kept(before, after) {
  const entries = Object.entries(after).map(([sid, record]) => [sid, same(before[sid], record) ? before[sid] : record]);
  return Object.fromEntries(entries);
}

function same(one, other) {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

/** A list in the order of its numbers, with entries added or replaced: the newest, oldest first. */
function numbered(before, news = []) {
  if (!news.length) return before;
  const byNumber = new Map(before.map((each) => [each.number, each]));
  for (const each of news) byNumber.set(each.number, each);
  return [...byNumber.values()].sort((one, other) => one.number - other.number).slice(-KEPT);
}
