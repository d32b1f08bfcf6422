// The expression playground: what is typed is tried in Python, by the emulator's own rules, and comes back as a table.

import { widget } from "../cell/widget.js";
import { h, uniqueId } from "../parts/dom.js";
import { empty, paragraph } from "../parts/parts.js";

const PAUSE_MS = 120; // between two keys of somebody typing

export default widget((root, { ask }) => {
  const id = uniqueId("playground");
  const field = h("textarea", {
    id,
    class: "tr-expression tr-mono",
    rows: "2",
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    "aria-describedby": `${id}-said ${id}-where`,
  });
  const label = h("label", { for: id });
  const said = h("p", { id: `${id}-said`, class: "tr-said", role: "status", dir: "auto" });
  const where = h("pre", { id: `${id}-where`, class: "tr-where" });
  const shown = h("div", {});
  const code = h("code", { class: "tr-mono" });
  const typed = h("div", { class: "tr-twin", hidden: true }, h("div", { class: "tr-code" }, code));
  root.append(label, field, said, where, shown, typed);

  let now = {}; // the state that is shown
  let typing = false; // never change the text under the fingers of who types, nor before it was tried
  const fill = () => {
    if (!typing && document.activeElement !== field) field.value = now.expression;
  };
  const draw = (state) => {
    now = state;
    fill();
    label.textContent = `Expression, as ${state.place}`;
    field.setAttribute("aria-invalid", String(Boolean(state.caret)));
    where.textContent = state.caret;
    say(state.sentences[0], state.tone);
    const rest = state.sentences.slice(1);
    const sentences = rest.length ? [h("div", { class: "tr-sentences" }, ...rest.map(paragraph))] : [];
    shown.replaceChildren(...sentences, ...(state.rows ? [truths(state)] : []));
  };

  const say = (text, tone) => {
    said.dataset.tone = tone;
    if (said.textContent !== text) said.textContent = text;
  };
  const tryIt = onlyLatest(async () => {
    const expression = field.value;
    root.setAttribute("aria-busy", "true");
    const answer = await ask({ action: "try", expression }, (text) => say(text, "wait"));
    root.removeAttribute("aria-busy");
    typing = field.value !== expression;
    say(answer.text, answer.done ? now.tone : "bad");
    typed.hidden = !answer.code;
    code.textContent = `# you could have typed: ${answer.code}`;
  });
  let pause;
  field.addEventListener("blur", fill);
  field.addEventListener("input", () => {
    typing = true;
    clearTimeout(pause);
    pause = setTimeout(tryIt, PAUSE_MS);
  });

  return { draw, end: () => clearTimeout(pause) };
});

/** Call `work` again only when its last call is over, once, however often it was asked for meanwhile. */
function onlyLatest(work) {
  let running = false;
  let asked = false;
  return async function again() {
    asked = true;
    if (running) return;
    running = true;
    while (asked) {
      asked = false;
      await work();
    }
    running = false;
  };
}

function truths({ first, clauses, rows }) {
  if (!rows.length) return empty("nothing to try it on");
  const several = clauses.length > 1 ? clauses : [];
  const headings = [first, "Matches", ...several, "Seen", "Why not"];
  const kind = (text) => (several.includes(text) ? "json" : "text");
  const head = headings.map((text) => h("th", { scope: "col", "data-kind": kind(text) }, text));
  const lines = rows.map((row) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, h("bdi", {}, row.name)),
      h("td", {}, truth(row.matches)),
      ...several.map((_, place) => h("td", {}, truth(row.clauses[place]))),
      h("td", { "data-kind": "json" }, h("bdi", {}, row.seen)),
      h("td", {}, h("bdi", {}, row.why)),
    ),
  );
  const table = h(
    "table",
    { "aria-label": "Truth table" },
    h("thead", {}, h("tr", {}, ...head)),
    h("tbody", {}, ...lines),
  );
  const region = {
    class: "tr-scroll tr-truths",
    tabindex: "0",
    role: "region",
    "aria-label": "Truth table",
    "data-scroll": "rows",
  };
  return h("div", region, table);
}

/** A verdict in a mark, a word and a colour. */
function truth(value) {
  if (value === true || value === "yes") return h("span", { class: "tr-truth", "data-tone": "good" }, "✓ true");
  if (value === false || value === "no") return h("span", { class: "tr-truth", "data-tone": "bad" }, "✗ false");
  return h("span", { class: "tr-truth", "data-tone": "wait" }, "– not tried");
}
