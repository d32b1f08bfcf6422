// Prebuilt extension of JupyterLab, Jupyter Notebook and JupyterLite, written by hand: a module-federation container
// is no more than `init` and `get`, so that there is no build step.

const STYLES = new URL("lesson_page.css", document.currentScript.src).href;

const plugin = {
  id: "taskrouter-notebooks:lesson-page",
  description: "Gives widgets JupyterLab's commands, and shows the contents at the first start.",
  autoStart: true,
  activate(app) {
    window.jupyterapp ??= app; // for "Open beside"; --LabApp.expose_app_in_browser gives it the same name
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: STYLES }));
    app.shell.restored?.then((layout) => layout?.fresh && showContents(app.shell));
  },
};

/** Show the table of contents as soon as a document is open; what the reader changes in the layout later is kept. */
function showContents(shell) {
  if (shell.currentWidget?.context) {
    shell.activateById("table-of-contents");
  } else {
    shell.currentChanged.connect(function opened() {
      if (!shell.currentWidget?.context) return;
      shell.currentChanged.disconnect(opened);
      shell.activateById("table-of-contents");
    });
  }
}

window._JUPYTERLAB ??= {};
window._JUPYTERLAB["taskrouter-notebooks"] = {
  init() {},
  get: async () => () => ({ __esModule: true, default: plugin }),
};
