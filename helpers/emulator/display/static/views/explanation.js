// An explanation: what is so, the smallest change with a button that makes it, and the facts behind it.

import { widget } from "../cell/widget.js";
import { h, home } from "../parts/dom.js";
import { copyButton, marked, outcome, paragraph, spokenLine } from "../parts/parts.js";

export default widget((root, { ask }) => {
  const lead = home(h("div", { class: "tr-sentences tr-verdict" }));
  const ways = h("div", { class: "tr-ways" });
  const last = outcome();
  const facts = h("div", { class: "tr-facts" });
  const spoken = spokenLine();
  root.append(lead, last.bar, ways, facts, spoken);

  let asked = false; // a disabled button would lose the focus

  const apply = async () => {
    if (asked) return;
    asked = true;
    await ask({ action: "apply" }, (text) => last.show({ text }));
    asked = false;
  };

  const draw = (state) => {
    lead.dataset.tone = state.tone;
    lead.replaceChildren(
      ...state.lead.map(({ text, strong }) => h("p", { dir: "auto", "data-next": strong }, ...marked(text))),
    );
    ways.replaceChildren(...state.ways.map((way, place) => wayItem(way, place === 0 && apply, spoken)));
    facts.replaceChildren(...state.facts.map(fact));
  };
  return { draw, heard: last.show };
});

function wayItem({ title, code }, apply, spoken) {
  const tell = (sentence) => (spoken.textContent = sentence);
  const attributes = { type: "button", "data-key": "apply", onclick: apply };
  const button = apply ? [h("button", attributes, "Apply this change")] : [];
  return h(
    "section",
    { class: "tr-way" },
    paragraph(title),
    h("pre", { class: "tr-mono", tabindex: "0", "aria-label": "The same as SDK code" }, code),
    h("div", { class: "tr-actions" }, ...button, copyButton(`the code: ${title}`, code, tell)),
  );
}

function fact({ title, pairs, text, empty }) {
  if (title === undefined) return paragraph(text);
  if (pairs === undefined) return h("section", {}, h("h3", {}, title), h("pre", {}, text));
  if (!pairs.length) return paragraph(`${title}: ${empty}`);
  const rows = pairs.map(([name, value]) => h("tr", {}, h("th", { scope: "row" }, h("bdi", {}, name)), lines(value)));
  return h("section", {}, h("h3", {}, title), h("table", { "aria-label": title }, h("tbody", {}, ...rows)));
}

/** A value, one line below the other; the colour of a mark says again what the mark says. */
function lines(value) {
  const tone = (line) => ({ "✓": "good", "✗": "bad" })[line.trim()[0]];
  const line = (text) => h("div", { class: "tr-line", "data-tone": tone(text) }, h("bdi", {}, text));
  return h("td", {}, ...value.split("\n").map(line));
}
