// JupyterLab's own objects, which our extension (helpers/lab/extension) puts on the page.

/** The notebook's panel and the cell that hold `el`, or null. */
export function cellOf(el) {
  for (const panel of mainWidgets()) {
    const index = panel.content?.widgets?.findIndex?.((cell) => cell.node.contains(el)) ?? -1;
    if (index >= 0 && panel.context) return { panel, index, cell: panel.content.widgets[index] };
  }
  return null;
}

/**
 * Put the output that holds `el` to the right of its notebook: JupyterLab's own "Create New View for Cell Output".
 *
 * The notebook keeps the focus, at the next cell: whoever presses Shift+Enter wants to go on there.
 */
export async function openOutputBeside(el) {
  const { shell, commands } = window.jupyterapp;
  const { panel, index } = cellOf(el);
  const before = new Set(mainWidgets());
  await commands.execute("notebook:create-output-view", { path: panel.context.path, index });
  const view = mainWidgets().find((each) => !before.has(each));
  if (view) shell.add(view, "main", { mode: "split-right", ref: panel.id });
  panel.content.activeCellIndex = index + 1;
  shell.activateById(panel.id);
}

/** Give the tab that holds `el` beside a notebook a name of its own. */
export function nameTab(el, label) {
  const view = mainWidgets().find((each) => !each.context && each.node.contains(el));
  if (view) view.title.label = label;
}

/** True where a pane can be opened beside: in JupyterLab, not in Jupyter Notebook, which shows one document. */
export function hasPanes() {
  return Boolean(window.jupyterapp?.shell.mode);
}

/** Show `node` in a pane of JupyterLab to the right of what holds `el`, or the one of before with this `id`. */
export function openPane(el, { id, label, node, closed = () => {} }) {
  const { shell } = window.jupyterapp;
  const open = mainWidgets().find((each) => each.id === id);
  open?.dispose();
  const Widget = Object.getPrototypeOf(shell.constructor); // Lumino's, which the page exposes nowhere else
  const pane = new Widget({ node });
  Object.assign(pane, { id });
  Object.assign(pane.title, { label, closable: true });
  pane.disposed.connect(closed);
  shell.add(pane, "main", { mode: "split-right", ref: cellOf(el)?.panel.id });
  shell.activateById(id);
}

function mainWidgets() {
  return [...(window.jupyterapp?.shell.widgets("main") ?? [])];
}
