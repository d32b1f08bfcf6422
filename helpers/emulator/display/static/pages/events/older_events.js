// Events that happened before those that the page was sent: read from the API, a page at a time, with the list's filters.

import { read } from "../../core/act.js";
import { HostGone } from "../../core/hosts/host.js";
import { useStore } from "../../core/store.js";
import { useEffect, useRef, useState } from "../../vendor/preact.js";
import { eventOf } from "./event_words.js";

const AT_ONCE = 500;
const KEPT_MINUTES = 43200; // TaskRouter keeps events for 30 days
const NOTHING = { events: [], more: true, busy: false, failed: "" };

/** `{events, more, busy, failed, load()}`: events older than `fresh`, the oldest first; `load` gets more of them. */
export function useOlder({ workspace, query }, fresh) {
  const mode = useStore((state) => state.mode);
  const [state, set] = useState(NOTHING);
  const last = useRef({}); // what was asked for last: another object once that is no longer wanted
  const { type = "", task = "", worker = "" } = query;
  useEffect(() => {
    last.current = { next: null, isAsked: false };
    set(NOTHING);
  }, [workspace, type, task, worker]);
  const edge = fresh[0]?.number;
  const more = state.more && mode !== "live" && edge > 1;
  async function load() {
    const { current: list } = last;
    if (list.isAsked) return; // a double click
    list.isAsked = true;
    set({ ...state, busy: true, failed: "" });
    const { page, failed } = await readPage(list.next ?? firstPath(workspace, { type, task, worker }, edge));
    if (list !== last.current) return; // it is about other filters
    list.isAsked = false;
    if (failed) return set({ ...state, busy: false, failed });
    list.next = pathOf(page.meta.previous_page_url);
    const events = [...page.events.map(eventOf), ...state.events];
    set({ events, more: list.next !== null, busy: false, failed: "" });
  }
  return { ...state, more, load };
}

async function readPage(path) {
  try {
    const { status, body } = await read(path);
    return status === 200 ? { page: body } : { failed: body?.message ?? `The answer had status ${status}.` };
  } catch (error) {
    if (!(error instanceof HostGone)) throw error;
    return { failed: error.message };
  }
}

/** The path of the page before the event with the number `edge`, whose token the emulator itself would write so. */
function firstPath(workspace, { type, task, worker }, edge) {
  const token = `P${btoa(`[false,${edge}]`).replace(/=+$/, "")}`;
  const given = { EventType: type, TaskSid: task, WorkerSid: worker, Minutes: KEPT_MINUTES, PageSize: AT_ONCE };
  const wanted = Object.entries({ ...given, PageToken: token }).filter(([, value]) => value !== "");
  return `/v1/Workspaces/${workspace}/Events?${new URLSearchParams(wanted)}`;
}

function pathOf(url) {
  if (!url) return null;
  const { pathname, search } = new URL(url);
  return pathname + search;
}
