// Small parts that several views show.

import { copyText, h } from "./dom.js";

const TONES = {
  good: ["available", "assigned", "accepted", "completed"],
  wait: ["pending", "reserved", "wrapping"],
  bad: ["canceled", "rejected", "timeout", "rescinded", "no answer"],
};

/** A sentence; what stands between backticks is code. */
export function paragraph(text) {
  return h("p", { dir: "auto" }, ...marked(text));
}

/** The parts of a sentence, those between backticks as code. */
export function marked(text) {
  return text.split(/`([^`]+)`/).map((part, place) => (place % 2 ? h("code", { class: "tr-mono" }, part) : part));
}

/** What is shown where there is nothing to list. */
export function empty(text) {
  return h("p", { class: "tr-empty" }, text);
}

/** A status or an HTTP status; its colour says again what its word says. */
export function chip(text) {
  const code = Number(text);
  const named = Object.keys(TONES).find((tone) => TONES[tone].includes(text));
  const tone = named ?? (code >= 400 ? "bad" : code >= 200 && code < 300 ? "good" : "plain");
  return h("span", { class: "tr-chip", "data-tone": tone }, text);
}

/** A heading with a number, which `count` sets. */
export function heading(text) {
  const number = h("span", {});
  return { element: h("h4", {}, `${text} `, number), count: (count) => (number.textContent = String(count)) };
}

/** "… and 3 more", which `count` sets; nothing for 0. */
export function more() {
  const element = h("p", { class: "tr-soft tr-more" });
  const count = (left) => {
    element.hidden = !left;
    element.textContent = `… and ${left} more`;
  };
  return { element, count };
}

/** What stands beside a control whose click has not been handled yet: none or one element. */
export function waitingChip(words) {
  return words ? [h("span", { class: "tr-chip", "data-tone": "wait", title: words }, "waiting")] : [];
}

/** A line that screen readers speak when its text changes. It must stay in the page, or they would miss it. */
export function spokenLine() {
  return h("p", { class: "tr-spoken", role: "status" });
}

/** What came of the control used last, and the code that would have done the same. `before` stands there until then. */
export function outcome(before = "") {
  const code = h("code", { class: "tr-mono" });
  const copy = h("span", {});
  const said = h("span", { role: "status" });
  const bar = h("div", { class: "tr-twin", "data-empty": "true" }, h("div", { class: "tr-code" }, code, copy), said);
  const show = (answer) => {
    const typed = answer.code ? `# you could have typed: ${answer.code}` : "";
    const text = answer.text ?? before;
    bar.dataset.empty = String(!text);
    bar.dataset.tone = answer.done === false ? "bad" : "plain";
    if (code.textContent !== typed) {
      code.textContent = typed;
      copy.replaceChildren(...(typed ? [copyButton("the code", answer.code, () => {})] : []));
    }
    if (said.textContent !== text) said.textContent = text;
  };
  return { bar, show };
}

/** A button that copies `text`; `tell` gets the sentence about how that went. */
export function copyButton(name, text, tell) {
  const copy = async () => {
    const copied = await copyText(text);
    tell(copied ? `Copied ${name}.` : `The browser did not allow copying ${name}: select it instead.`);
    button.textContent = copied ? "Copied" : "Select";
    setTimeout(() => (button.textContent = "Copy"), 1500);
  };
  const button = h(
    "button",
    { type: "button", class: "tr-copy", "aria-label": `Copy ${name}`, "data-key": `copy ${name}`, onclick: copy },
    "Copy",
  );
  return button;
}
