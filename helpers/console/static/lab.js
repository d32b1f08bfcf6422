// JupyterLab's own objects, where the page exposes them (LabApp.expose_app_in_browser, which start.py sets).

const WIDGET = "application/vnd.jupyter.widget-view+json";
const ENDED = ["restarting", "autorestarting", "dead"];

/** The notebook's panel and the cell that hold `el`, or null. */
export function cellOf(el) {
  for (const panel of window.jupyterapp?.shell.widgets("main") ?? []) {
    const index = panel.content?.widgets?.findIndex?.((cell) => cell.node.contains(el)) ?? -1;
    if (index >= 0 && panel.context) return { panel, index, cell: panel.content.widgets[index] };
  }
  return null;
}

/**
 * Let the output that holds `el` show its static table as soon as the kernel ends, as nobody answers any more.
 *
 * Without this a page that is loaded again says "model not found". Returns what ends the watching.
 */
export function staticAfterKernel(el) {
  const found = cellOf(el);
  if (!found) return () => {};
  const { statusChanged } = found.panel.sessionContext;
  const look = (_, status) => ENDED.includes(status) && leaveTable(found.cell, el);
  statusChanged.connect(look);
  return () => statusChanged.disconnect(look);
}

function leaveTable({ outputArea, model }, el) {
  const place = outputArea.widgets.findIndex(({ node }) => node.contains(el));
  if (place < 0) return;
  const output = model.outputs.get(place).toJSON();
  const { [WIDGET]: gone, ...data } = output.data;
  model.outputs.set(place, { ...output, data });
}
