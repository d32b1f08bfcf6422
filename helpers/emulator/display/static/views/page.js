// Sentences and tables, one below the other: what was found, and the facts behind it.

import { widget } from "../cell/widget.js";
import { h } from "../parts/dom.js";
import { paragraph } from "../parts/parts.js";
import { tableOf } from "../parts/rows.js";

export default widget((root) => {
  const part = (block) => (block.rows ? h("section", { class: "tr-part" }, ...tableOf(block)) : paragraph(block.text));
  const draw = ({ lead, rest }) => {
    root.replaceChildren(h("div", { class: "tr-sentences" }, ...lead.map(paragraph)), ...rest.map(part));
  };
  return { draw };
});
