// The portal beside the notebook: its page in a frame, or, where the browser cannot reach that, the same views over the
// widget's channel.

import { watchWidth } from "../hooks/width.js";
import { PAGES } from "../pages/registry.js";
import { WORKSPACES } from "../pages/workspaces/workspaces.js";
import { Shell } from "../shell/shell.js";
import { html, render, useEffect, useRef, useState } from "../vendor/preact.js";
import { openPortal } from "./cell_widget.js";
import { hasPanes, openPane } from "./lab.js";

/** The link, and the button that opens a pane; the first time the pane opens by itself. */
export function PortalLink({ el, model, place, address }) {
  const [inline, setInline] = useState(false);
  const url = address ? address + place.path : "";
  const open = () => {
    if (url) openPortal(el, url);
    else if (hasPanes()) openViews(el);
    else setInline(true);
  };
  useEffect(() => {
    if (address === null || place.hasOpened || !hasPanes()) return;
    model.set("place", { ...place, hasOpened: true }); // a page that is loaded again finds it as the reader left it
    model.save_changes();
    open();
  }, [address]);
  if (address === null) return null;
  if (inline) return html`<${Views} />`;
  return html`<p class="tr-portal-link">
    ${url && html`<a href=${url} target="taskrouter-portal">Open the portal in a tab</a>`}
    ${
      (hasPanes() || !url) &&
      html`<button type="button" class="tr-button" data-kind="plain" onClick=${open}>
        ${hasPanes() ? "Open the portal beside" : "Show the portal here"}
      </button>`
    }
  </p>`;
}

function openViews(el) {
  const node = document.createElement("div");
  node.style.height = "100%";
  render(html`<${Views} />`, node);
  openPane(el, { id: "taskrouter-portal", label: "TaskRouter portal", node, closed: () => render(null, node) });
}

/** The portal itself, as its page has it. */
function Views() {
  const root = useRef();
  useEffect(() => watchWidth(root.current), []);
  return html`<div ref=${root} class="tr tr-portal tr-pane"><${Shell} pages=${PAGES} home=${WORKSPACES} /></div>`;
}
