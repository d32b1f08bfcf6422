// The portal's page in a frame. A frame asks the system for light or dark, not JupyterLab, so JupyterLab's theme is told to
// it: by its name, which the page reads before its first paint, and later by a message. core/theme.js is the other end.

/** A frame with the portal's page at `url`, and the function that stops telling it the theme: `{frame, stop}`. */
export function portalFrame(url) {
  const frame = document.createElement("iframe");
  Object.assign(frame, { name: nameOfTheme(), src: url, title: "TaskRouter portal" });
  Object.assign(frame.style, { width: "100%", height: "100%", border: "0" });
  const watcher = new MutationObserver(() => frame.contentWindow?.postMessage(nameOfTheme(), new URL(url).origin));
  watcher.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  return { frame, stop: () => watcher.disconnect() };
}

function nameOfTheme() {
  return document.body.dataset.jpThemeLight === "false" ? "taskrouter-dark" : "taskrouter-light";
}
