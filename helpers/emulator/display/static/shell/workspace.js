// Which Workspace the reader looks at.

import { watch } from "../core/hosts/host.js";
import { go, useRoute } from "../core/router.js";
import { useStore } from "../core/store.js";
import { useEffect } from "../vendor/preact.js";

const KEY = "taskrouter-workspace"; // for this tab, so that Requests and Clock, which have none, lead back

/**
 * The Workspace of the address, as `{sid, friendly_name}`; else the one of before; else the only one there is. What it is
 * gets watched. An address that names nothing goes to the Board of the only Workspace.
 */
export function useWorkspace() {
  const here = useRoute();
  const workspaces = useStore((state) => state.workspaces);
  const sid =
    here.workspace ?? (here.page === "workspaces" ? only(workspaces) : (before(workspaces) ?? only(workspaces)));
  useEffect(() => {
    if (sid) sessionStorage.setItem(KEY, sid);
    watch(sid);
    if (sid && here.page === "workspaces" && !("all" in here.query))
      go({ page: "board", workspace: sid }, { replace: true });
  }, [sid, here]);
  return workspaces.find((each) => each.sid === sid) ?? (sid ? { sid, friendly_name: "" } : null);
}

function only(workspaces) {
  return workspaces.length === 1 ? workspaces[0].sid : null;
}

function before(workspaces) {
  const sid = sessionStorage.getItem(KEY);
  return workspaces.some((each) => each.sid === sid) ? sid : null;
}
