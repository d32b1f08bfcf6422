// A row of tabs, one tab stop; arrow keys choose the next.

import { arrows, h } from "./dom.js";

/** `tabs` are {key, text}; `choose(key)` is called when another is wanted. The panel carries the id `${id}-panel`. */
export function tabList({ id, label, tabs, chosen, choose }) {
  const buttons = tabs.map(({ key, text }) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `${id}-tab-${key}`,
        "aria-selected": String(key === chosen),
        "aria-controls": `${id}-panel`,
        tabindex: key === chosen ? "0" : "-1",
        "data-key": `tab ${id} ${key}`,
        onclick: () => choose(key),
      },
      text,
    ),
  );
  const list = h("div", { class: "tr-tabs", role: "tablist", "aria-label": label }, ...buttons);
  arrows(list, ["ArrowLeft", "ArrowRight"], (tab) => tab.click());
  return list;
}
