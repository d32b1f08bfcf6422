// Which Workspace the reader looks at.

import { watch } from "../core/hosts/host.js";
import { go, useRoute } from "../core/router.js";
import { useStore } from "../core/store.js";
import { keepForTab, readForTab } from "../core/stored.js";
import { useEffect, useRef } from "../vendor/preact.js";

const KEY = "workspace"; // for this tab, so that Requests and Clock, which have none, lead back

/**
 * The Workspace of the address, as `{sid, friendly_name}`; else the one of before; else the only one there is; null if there
 * is none such. One that went while the reader looked at it has `gone`: what was typed there stays. It is watched. An
 * address that names nothing goes to the Board of the only Workspace.
 */
export function useWorkspace() {
  const here = useRoute();
  const workspaces = useStore((state) => state.workspaces);
  const all = here.page === "workspaces" && "all" in here.query;
  const sid = here.workspace ?? before(workspaces) ?? only(workspaces);
  useEffect(() => {
    if (!sid) return;
    keepForTab(KEY, sid);
    watch(sid);
    if (here.page === "workspaces" && !all && only(workspaces))
      go({ page: "board", workspace: sid }, { replace: true });
  }, [sid, here, workspaces]);
  const last = useRef(null);
  const now = workspaces.find((each) => each.sid === sid);
  if (now) last.current = now;
  return now ?? (last.current?.sid === sid ? { ...last.current, gone: true } : null);
}

function only(workspaces) {
  return workspaces.length === 1 ? workspaces[0].sid : null;
}

function before(workspaces) {
  const sid = readForTab(KEY);
  return workspaces.some((each) => each.sid === sid) ? sid : null;
}
