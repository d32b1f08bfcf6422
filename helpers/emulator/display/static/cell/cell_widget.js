// What a script over the widget's channel is to anywidget: one host, store and router for all views of the widget.

import { Toasts } from "../components/toast.js";
import { connect } from "../core/hosts/host.js";
import { AtPlace, cellPlace, enterPlace, startRouter } from "../core/router.js";
import { keepFocus } from "../hooks/focus.js";
import { InRoot, watchWidth } from "../hooks/width.js";
import { html, render } from "../vendor/preact.js";
import { cellHost } from "./cell_host.js";
import { untilKernelEnds } from "./kernel_end.js";
import { hasPanes, openPane } from "./lab.js";
import { reachPortal } from "./portal_address.js";
import { portalFrame } from "./portal_frame.js";

/**
 * Make the default export of a script that draws `View`, which gets `model`, its `el`, the widget's `place`, the portal's
 * `address` ("" where it can't be reached, null until that is known), `isWaiting`, true while an answer takes long, and
 * `did`, the description of the last click's call. `say(news)` changes what all views get.
 *
 * `shows(route)` says which pages the view draws itself; the others open in the portal, where that can be reached.
 */
export function cellWidget(View, shows) {
  const views = new Set();
  const said = { isWaiting: false, address: null, did: null };
  let host;

  function initialize({ model }) {
    host = cellHost(model, say, () => views.size > 0);
    const { portal, workspace } = model.get("place");
    connect(host, workspace);
    reachPortal(portal).then((address) => say({ address }));
  }

  function say(news) {
    Object.assign(said, news);
    for (const { draw } of views) draw();
  }

  function mount({ model, el }) {
    const root = document.createElement("div");
    root.className = "tr tr-cell";
    const here = cellPlace(model.get("place").path, {
      shows: (route) => !said.address || shows(route),
      beside: (to) => openPortal(root, said.address + to),
      base: () => said.address ?? "",
    });
    startRouter(here);
    for (const event of ["focusin", "pointerdown", "keydown"]) {
      root.addEventListener(event, () => enterPlace(here), { capture: true });
    }
    // JupyterLab would take Enter, the arrow keys and letters for its own; it looks at the element that has the focus.
    root.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true"));
    const draw = () => {
      const drawn = html`<${View} model=${model} el=${root} place=${model.get("place")} ...${said} say=${say} />`;
      const isFirst = views.values().next().value === view;
      const toasts = isFirst && !hasEnded && html`<${Toasts} />`; // one place for all views
      render(html`<${AtPlace} place=${here}><${InRoot} root=${root}>${drawn}${toasts}</${InRoot}></${AtPlace}>`, root);
    };
    const view = { draw };
    let hasEnded = false;
    views.add(view);
    el.append(root);
    const stopWatching = watchWidth(root);
    draw();
    const stopKeeping = keepFocus(root);
    const end = () => {
      hasEnded = true;
      host.end();
      draw();
    };
    let leave = () => {};
    requestAnimationFrame(() => (leave = untilKernelEnds(root, end))); // `el` is in the page only after drawing
    return () => {
      leave();
      if (hasEnded) return; // what was drawn stays
      stopKeeping();
      stopWatching();
      views.delete(view);
      render(null, root);
    };
  }

  return { initialize, render: mount };
}

/** Open the portal's page at `url` in a pane beside `el`, or in a tab of the browser. */
export function openPortal(el, url) {
  if (!hasPanes()) {
    window.open(url, "taskrouter-portal");
    return;
  }
  const { frame, stop } = portalFrame(url);
  openPane(el, { id: "taskrouter-portal", label: "TaskRouter portal", node: frame, closed: stop });
}
