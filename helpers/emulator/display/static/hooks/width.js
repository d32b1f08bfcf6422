// How wide the host is: the window says nothing in a cell. Sheets ask with container queries; a view asks here where
// another width needs other markup.

import { useLayoutEffect, useState } from "../vendor/preact.js";

const STEPS = [
  [1200, "side"], // navigation at the side, list and drawer
  [900, "middle"], // tabs, list and drawer
  [521, "narrow"], // tabs, the drawer is the page
  [0, "docked"],
];
const listeners = new Set();
const current = { name: "side" };

/** Watch the width of `root`, in which everything stands; returns what ends that. */
export function watchWidth(root) {
  const look = () => {
    const name = STEPS.find(([least]) => root.clientWidth >= least)[1];
    if (name === current.name) return;
    current.name = name;
    for (const listener of [...listeners]) listener(name);
  };
  const observer = new ResizeObserver(look);
  look();
  observer.observe(root);
  return () => observer.disconnect();
}

/** The width by name, "side", "middle", "narrow" or "docked", and a new drawing when it becomes another. */
export function useWidth() {
  const [name, set] = useState(current.name);
  useLayoutEffect(() => {
    listeners.add(set);
    return () => listeners.delete(set);
  }, []);
  return name;
}
