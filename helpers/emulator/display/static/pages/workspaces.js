// All Workspaces, to choose one.

import { Page } from "../components/page.js";
import { Link } from "../core/router.js";
import { useStore } from "../core/store.js";
import { html } from "../vendor/preact.js";

function Workspaces() {
  const workspaces = useStore((state) => state.workspaces);
  return html`<${Page} title="Workspaces">
    <ul>
      ${workspaces.map(
        ({ sid, friendly_name }) =>
          html`<li key=${sid}><${Link} to=${{ page: "board", workspace: sid }}><bdi>${friendly_name}</bdi></${Link}></li>`,
      )}
    </ul>
  </${Page}>`;
}

/** The page of an address that names no Workspace; it stands in no navigation. */
export const WORKSPACES = { name: "workspaces", title: "Workspaces", component: Workspaces };
