// Events that happened before those that the page was sent: read from the API, a page at a time, with the list's filters.

import { call, HostGone } from "../../core/hosts/host.js";
import { useStore } from "../../core/store.js";
import { useEffect, useRef, useState } from "../../vendor/preact.js";
import { eventOf } from "./event_words.js";

const AT_ONCE = 500;
const KEPT_MINUTES = 43200; // TaskRouter keeps events for 30 days
const ONLOOKER = { "X-Emulator-Onlooker": "1" }; // a page that reads to draw itself doesn't fill the list of requests
const NOTHING = { events: [], more: true, busy: false, failed: "" };

/** `{events, more, busy, failed, load()}`: events older than `fresh`, the oldest first; `load` gets more of them. */
export function useOlder({ workspace, query }, fresh) {
  const mode = useStore((state) => state.mode);
  const [state, set] = useState(NOTHING);
  const next = useRef(null);
  const { type = "", task = "", worker = "" } = query;
  useEffect(() => {
    next.current = null;
    set(NOTHING);
  }, [workspace, type, task, worker]);
  const edge = fresh[0]?.number;
  const more = state.more && mode !== "live" && edge > 1;
  async function load() {
    set({ ...state, busy: true, failed: "" });
    try {
      const path = next.current ?? firstPath(workspace, { type, task, worker }, edge);
      const { status, body } = await call({ method: "GET", path, headers: ONLOOKER });
      if (status !== 200) throw new HostGone(body?.message ?? `The answer had status ${status}.`);
      next.current = pathOf(body.meta.previous_page_url);
      const events = [...body.events.map(eventOf), ...state.events];
      set({ events, more: next.current !== null, busy: false, failed: "" });
    } catch (error) {
      if (!(error instanceof HostGone)) throw error;
      set({ ...state, busy: false, failed: error.message });
    }
  }
  return { ...state, more, load };
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
