// "Open beside": JupyterLab's own "Create New View for Cell Output", put to the right of the notebook.
//
// Where the page does not expose JupyterLab there is no button; the same is in the cell's context menu.

import { h } from "../parts/dom.js";
import { cellOf } from "./lab.js";

/** A button that opens the output holding `el` beside its notebook; hidden where that cannot be done. */
export function besideButton(el) {
  const open = async () => {
    const { shell, commands } = window.jupyterapp;
    const { panel, index } = cellOf(el);
    const before = new Set(shell.widgets("main"));
    await commands.execute("notebook:create-output-view", { path: panel.context.path, index });
    const view = [...shell.widgets("main")].find((each) => !before.has(each));
    if (view) shell.add(view, "main", { mode: "split-right", ref: panel.id });
  };
  const button = h("button", { type: "button", class: "tr-quiet", "data-key": "beside", onclick: open }, "Open beside");
  button.hidden = true;
  requestAnimationFrame(() => (button.hidden = !cellOf(el))); // `el` is in the page only after drawing
  return button;
}
