// What becomes of a view when its kernel ends: it stays as it was then, though JupyterLab takes the widget away.
//
// The notebook's file keeps the static table alone: a page that is loaded again would say "model not found".

import { cellOf } from "./lab.js";

const WIDGET = "application/vnd.jupyter.widget-view+json";
const ENDED = ["restarting", "autorestarting", "dead"];
export const AGAIN = "Run the notebook's cells again, up to the one that shows this.";
const TABLE = `<p><strong>The kernel has stopped. You see the state from when the cell ran. ${AGAIN}</strong></p>`;

const roots = new Map(); // of one widget, in cells and beside them: each widget loads its own copy of this module

/** Call `ended` when the kernel of the notebook that holds `root` ends; returns what ends the watching. */
export function untilKernelEnds(root, ended) {
  roots.set(root, ended);
  const statusChanged = cellOf(root)?.panel.sessionContext.statusChanged;
  const look = (_, status) => ENDED.includes(status) && roots.has(root) && end();
  statusChanged?.connect(look);
  return () => {
    roots.delete(root);
    statusChanged?.disconnect(look);
  };
}

function end() {
  const places = [...roots.keys()].map(placeOf).filter(({ area }) => area);
  for (const ended of roots.values()) ended();
  roots.clear();
  for (const { root } of places) leaveTable(root);
  places.forEach(putBack);
}

function placeOf(root) {
  const child = root.closest(".jp-OutputArea-child");
  const area = child?.parentElement;
  return { root, area, index: area && [...area.children].indexOf(child) };
}

/** Take the widget from the output that holds `root`; JupyterLab then draws its table there, and beside it. */
function leaveTable(root) {
  const found = cellOf(root);
  if (!found) return;
  const { outputArea, model } = found.cell;
  const place = outputArea.widgets.findIndex(({ node }) => node.contains(root));
  const output = model.outputs.get(place).toJSON();
  const { [WIDGET]: gone, "text/html": table, ...data } = output.data;
  model.outputs.set(place, { ...output, data: { ...data, "text/html": TABLE + [table].flat().join("") } });
}

/** Show `root` where it was, instead of the table that stands there now. */
function putBack({ root, area, index }) {
  const table = area.children[index]?.querySelector(".jp-OutputArea-output");
  if (!table) return;
  table.style.display = "none";
  const output = document.createElement("div");
  output.className = "jp-OutputArea-output";
  output.append(root);
  table.after(output);
}
