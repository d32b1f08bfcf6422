// A table of rows under its title, or a word where there are none.

import { h } from "./dom.js";
import { chip, empty } from "./parts.js";

export function tableOf(table) {
  const more = table.more ? [h("p", { class: "tr-soft" }, `… and ${table.more} more`)] : [];
  const body = table.rows.length ? [rowsOf(table), ...more] : [empty(table.empty)];
  return [h("h3", {}, table.title), ...body];
}

function rowsOf({ title, columns, rows }) {
  const heading = columns.map((column) => h("th", { scope: "col", "data-kind": column.kind }, column.title));
  const lines = rows.map((row) => h("tr", {}, ...row.map((text, place) => cell(text, columns[place].kind))));
  const all = h("table", { "aria-label": title }, h("thead", {}, h("tr", {}, ...heading)), h("tbody", {}, ...lines));
  return h("div", { class: "tr-scroll", tabindex: "0", role: "region", "aria-label": title, "data-key": title }, all);
}

function cell(text, kind) {
  const content = kind === "status" ? chip(text) : h("bdi", {}, text);
  return h("td", { "data-kind": kind, title: kind === "sid" && text }, content);
}
