// "Open beside": JupyterLab's own "Create New View for Cell Output", put to the right of the notebook.
//
// A widget can reach JupyterLab's commands only where the page exposes them (LabApp.expose_app_in_browser, which
// start.py sets). Elsewhere there is no button, and the same is in the cell's context menu.

import { h } from "./dom.js";

/** A button that opens the output holding `el` beside its notebook; hidden where that cannot be done. */
export function besideButton(el) {
  const app = window.jupyterapp;
  const open = async () => {
    const found = cellOf(app, el);
    if (!found) return;
    const before = new Set(app.shell.widgets("main"));
    await app.commands.execute("notebook:create-output-view", { path: found.path, index: found.index });
    const view = [...app.shell.widgets("main")].find((each) => !before.has(each));
    if (view) app.shell.add(view, "main", { mode: "split-right", ref: found.panel.id });
  };
  const button = h("button", { type: "button", class: "tr-quiet", "data-key": "beside", onclick: open }, "Open beside");
  button.hidden = true;
  requestAnimationFrame(() => (button.hidden = !app || !cellOf(app, el))); // `el` is in the page only after drawing
  return button;
}

function cellOf(app, el) {
  for (const panel of app.shell.widgets("main")) {
    const index = panel.content?.widgets?.findIndex?.((cell) => cell.node.contains(el)) ?? -1;
    if (index >= 0 && panel.context) return { panel, index, path: panel.context.path };
  }
  return null;
}
