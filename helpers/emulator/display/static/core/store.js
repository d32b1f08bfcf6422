// What is known of the emulator, in one place for all views of a page or of a cell: a script that is loaded twice has a
// store of its own each time. Views read it with `useStore`; nobody but the host writes.

import { useLayoutEffect, useReducer, useRef } from "../vendor/preact.js";
import { changed, NOTHING, whole } from "./records.js";

const listeners = new Set();
const arrivals = new WeakMap();
const lists = new WeakMap();

/** The store. `state` is `{link, …}` with the fields of the emulator's message; see `useStore`. */
export const store = { state: NOTHING, drawing: false };

/** Take in a message of the host; false says that one before it is missing, so that the whole state is needed. */
export function receive(message) {
  const { state } = store;
  if (message.type === "state") update(whole(state, message));
  else if (state.seq === null || message.seq <= state.seq)
    return true; // the whole state is on its way, or was newer
  else if (message.seq === state.seq + 1) update(noting(changed(state, message), message.records));
  else {
    store.state = { ...state, seq: null };
    return false;
  }
  return true;
}

/** Say how the emulator is reached now: "connecting", "connected", "reconnecting", "stopped" or "ended". */
export function setLink(link) {
  if (link !== store.state.link) update({ ...store.state, link });
}

/** Call `listener` in the frame in which a new state is drawn; returns what ends that. */
export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What `select` takes from the state; the component is drawn again when that is another object or value. */
export function useStore(select) {
  const [, redraw] = useReducer((count) => count + 1, 0);
  const chosen = select(store.state);
  const last = useRef();
  last.current = { select, chosen };
  useLayoutEffect(() => {
    const look = () => last.current.select(store.state) !== last.current.chosen && redraw();
    look(); // what changed between drawing and listening
    return subscribe(look);
  }, []);
  return chosen;
}

/** All records of a kind, such as "tasks", as a list that stays the same while none of them changes. */
export function useRecords(kind) {
  return listOf(useStore((state) => state.records[kind]));
}

/** The records of one kind as a list, made once for each state of that kind. */
export function listOf(records) {
  if (!lists.has(records)) lists.set(records, Object.values(records));
  return lists.get(records);
}

/** When a record changed, by `performance.now()`; undefined if it came with the whole state. */
export function arrivedAt(record) {
  return arrivals.get(record);
}

function noting(state, news = {}) {
  const now = performance.now();
  for (const records of Object.values(news)) for (const record of Object.values(records)) arrivals.set(record, now);
  return state;
}

/** Set the state now and tell the views once in the next frame, however many messages come before it. */
function update(state) {
  store.state = state;
  if (store.drawing) return;
  store.drawing = true;
  requestAnimationFrame(() => {
    store.drawing = false;
    for (const listener of [...listeners]) listener();
  });
}
