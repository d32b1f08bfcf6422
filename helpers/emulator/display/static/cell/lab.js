// JupyterLab's own objects, where the page exposes them (LabApp.expose_app_in_browser, which start.py sets).

/** The notebook's panel and the cell that hold `el`, or null. */
export function cellOf(el) {
  for (const panel of window.jupyterapp?.shell.widgets("main") ?? []) {
    const index = panel.content?.widgets?.findIndex?.((cell) => cell.node.contains(el)) ?? -1;
    if (index >= 0 && panel.context) return { panel, index, cell: panel.content.widgets[index] };
  }
  return null;
}
