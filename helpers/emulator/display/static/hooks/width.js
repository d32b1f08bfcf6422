// How wide the host is: the window says nothing in a cell. Sheets ask with container queries; a view asks here where
// another width needs other markup.

import { createContext, html, useContext, useLayoutEffect, useReducer } from "../vendor/preact.js";

const STEPS = [
  [1200, "side"], // navigation at the side, list and drawer
  [900, "middle"], // tabs, list and drawer
  [521, "narrow"], // tabs, the drawer is the page
  [0, "docked"],
];
const listeners = new Set();
const names = new WeakMap(); // by root
const current = { root: null };
const Root = createContext(null);

/** Watch the width of `root`, in which everything stands, or one view of several; returns what ends that. */
export function watchWidth(root) {
  current.root = root;
  const look = () => {
    const name = STEPS.find(([least]) => root.clientWidth >= least)[1];
    if (name === names.get(root)) return;
    names.set(root, name);
    for (const listener of [...listeners]) listener();
  };
  const observer = new ResizeObserver(look);
  look();
  observer.observe(root);
  return () => observer.disconnect();
}

/** A view whose width is that of `root`, where several are drawn. */
export function InRoot({ root, children }) {
  return html`<${Root.Provider} value=${root}>${children}</${Root.Provider}>`;
}

/** The width by name, "side", "middle", "narrow" or "docked", and a new drawing when it becomes another. */
export function useWidth() {
  const root = useContext(Root) ?? current.root;
  const [, redraw] = useReducer((count) => count + 1, 0);
  const name = names.get(root) ?? "side";
  useLayoutEffect(() => {
    const look = () => names.get(root) !== name && redraw();
    listeners.add(look);
    return () => listeners.delete(look);
  }, [root, name]);
  return name;
}
