// The frame of the page: header, navigation, and the page that the address names.

import { useRoute } from "../core/router.js";
import { useStore } from "../core/store.js";
import { useWidth } from "../core/width.js";
import { html, useEffect } from "../vendor/preact.js";
import { Header } from "./header.js";
import { Loading } from "./loading.js";
import { SideNavigation, TabNavigation } from "./navigation.js";
import { useWorkspace } from "./workspace.js";

/** The whole page. `pages` is the registry; `home` is the page for an address without a Workspace. */
export function Shell({ pages, home }) {
  const here = useRoute();
  const width = useWidth();
  const workspace = useWorkspace();
  const known = useStore((state) => state.boot !== null);
  const page = pages.find(({ name }) => name === here.page) ?? home;
  const Navigation = width === "side" ? SideNavigation : TabNavigation;
  const title = titleOf(page, workspace);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return html`<div class="tr-shell" data-width=${width}>
    <${Header} workspace=${workspace} />
    <${Navigation} pages=${pages} workspace=${workspace?.sid} width=${width} />
    <main class="tr-main-pane" id="main">${known ? html`<${page.component} key=${page.name} page=${page} />` : html`<${Loading} />`}</main>
  </div>`;
}

function titleOf(page, workspace) {
  return [page.title, workspace?.friendly_name, "TaskRouter emulator"].filter(Boolean).join(" · ");
}
