// A table of resources.

import { h } from "../dom.js";
import { chip, empty } from "../parts.js";
import { widget } from "../widget.js";

export default widget((root) => {
  const draw = (state) => {
    const more = state.more ? [h("p", { class: "tr-soft" }, `… and ${state.more} more`)] : [];
    const body = state.rows.length ? [rowsOf(state), ...more] : [empty(state.empty)];
    root.replaceChildren(h("h3", {}, state.title), ...body);
  };
  return { draw };
});

function rowsOf({ title, columns, rows }) {
  const heading = columns.map((column) => h("th", { scope: "col", "data-kind": column.kind }, column.title));
  const lines = rows.map((row) => h("tr", {}, ...row.map((text, place) => cell(text, columns[place].kind))));
  const all = h("table", { "aria-label": title }, h("thead", {}, h("tr", {}, ...heading)), h("tbody", {}, ...lines));
  return h("div", { class: "tr-scroll", tabindex: "0", role: "region", "aria-label": title, "data-key": "rows" }, all);
}

function cell(text, kind) {
  const content = kind === "status" ? chip(text) : h("bdi", {}, text);
  return h("td", { "data-kind": kind, title: kind === "sid" && text }, content);
}
