// The frame of the page: header, navigation, and the page that the address names.

import { Button } from "../components/button.js";
import { Toasts } from "../components/toast.js";
import { hostKind } from "../core/hosts/host.js";
import { startKeys } from "../core/keys.js";
import { go, useRoute } from "../core/router.js";
import { useStore } from "../core/store.js";
import { useWidth } from "../hooks/width.js";
import { Note } from "../marks/note.js";
import { html, useEffect, useRef, useState } from "../vendor/preact.js";
import { ClockCard } from "./clock_card.js";
import { Guarded } from "./guarded.js";
import { Header } from "./header.js";
import { Help } from "./help.js";
import { Loading } from "./loading.js";
import { SideNavigation, TabNavigation } from "./navigation.js";
import { Palette } from "./palette.js";
import { useWorkspace } from "./workspace.js";

/** The whole page. `pages` is the registry; `home` is the page for an address that names none of them. */
export function Shell({ pages, home }) {
  const here = useRoute();
  const width = useWidth();
  const workspace = useWorkspace();
  const [open, setOpen] = useState(null);
  const known = useStore((state) => state.boot !== null);
  const page = pages.find(({ name, wide }) => name === here.page && (wide || workspace)) ?? home;
  const closing = (what) => () => setOpen((now) => (now === what ? null : now)); // the other may be open by now
  const sid = workspace?.sid ?? (known ? undefined : here.workspace);
  const reachable = pages.filter(({ wide }) => wide || sid || !known);
  useTitle([page.title, workspace?.friendly_name, "TaskRouter emulator"]);
  useKeys({ pages: reachable, sid, palette: () => setOpen("palette") });
  return html`<div class="tr-shell" data-width=${width}>
    <${Header} workspace=${workspace} goTo=${() => setOpen("palette")} help=${() => setOpen("help")} />
    ${
      width === "side"
        ? html`<${SideNavigation} pages=${reachable} workspace=${sid}><${ClockCard} /></${SideNavigation}>`
        : html`<${TabNavigation} pages=${reachable} workspace=${sid} width=${width} />`
    }
    <main class="tr-main-pane">
      ${workspace?.gone && html`<${WorkspaceGone} />`}
      ${known ? html`<${Guarded} key=${page.name} title=${page.title}><${page.component} page=${page} /><//>` : html`<${Loading} />`}
    </main>
    ${width === "docked" && html`<${ClockCard} bar />`}
    ${open === "palette" && html`<${Palette} pages=${pages} workspace=${sid} close=${closing("palette")} />`}
    ${open === "help" && html`<${Help} pages=${pages} close=${closing("help")} />`}
    <${Toasts} />
  </div>`;
}

function WorkspaceGone() {
  const all = html`<${Button} onClick=${() => go({ page: "workspaces", query: { all: "1" } })}>All Workspaces</${Button}>`;
  return html`<${Note} tone="wait" bold="This Workspace no longer exists." buttons=${all}>Your text stays here until you leave the page.</${Note}>`;
}

function useTitle(parts) {
  const title = parts.filter(Boolean).join(" · ");
  useEffect(() => {
    if (hostKind() === "page") document.title = title;
  }, [title]);
}

/** Keys that no button has; they look at what is drawn now. */
function useKeys(now) {
  const last = useRef();
  last.current = now;
  useEffect(() => {
    const to = (letter) => {
      const page = last.current.pages.find(({ key }) => key === letter);
      if (page) go({ page: page.name, workspace: page.wide ? null : last.current.sid });
      return Boolean(page);
    };
    const create = () => last.current.sid && go({ page: "tasks", workspace: last.current.sid, sid: "new" });
    if (hostKind() !== "page") return; // elsewhere the keys are somebody else's
    startKeys({ after: to, keys: { c: create }, palette: () => last.current.palette() });
  }, []);
}
