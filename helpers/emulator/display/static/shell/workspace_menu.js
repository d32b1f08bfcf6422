// The name of the Workspace, and the way to others.

import { Menu } from "../components/menu.js";
import { go } from "../core/router.js";
import { useStore } from "../core/store.js";
import { Name } from "../marks/name.js";
import { html } from "../vendor/preact.js";

/** `workspace` is `{sid, friendly_name}` or null. */
export function WorkspaceMenu({ workspace }) {
  const workspaces = useStore((state) => state.workspaces);
  const entries = workspaces.map(({ sid, friendly_name }) => ({
    key: sid,
    text: html`<${Name} text=${friendly_name} />`,
    checked: sid === workspace?.sid,
    choose: () => go({ page: "board", workspace: sid }),
  }));
  const all = { key: "all", text: "All Workspaces", choose: () => go("/?all=1") };
  const name = workspace ? html`<${Name} text=${workspace.friendly_name} keepEnd />` : "Workspaces";
  return html`<div class="tr-workspace"><${Menu} kind="quiet" label="Workspace" button=${name} items=${[...entries, all]} /></div>`;
}
