// Small parts that several views show.

import { copyText, h } from "./dom.js";

const TONES = {
  good: ["available", "assigned", "accepted", "completed"],
  wait: ["pending", "reserved", "wrapping"],
  bad: ["canceled", "rejected", "timeout", "rescinded", "no answer"],
};

export function paragraph(text) {
  return h("p", { dir: "auto" }, text);
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

/** A line that screen readers speak when its text changes. It must stay in the page, or they would miss it. */
export function spokenLine() {
  return h("p", { class: "tr-spoken", role: "status" });
}

/** The code that does what a control did, and what came of it. */
export function twin(code, text) {
  return h(
    "div",
    { class: "tr-twin" },
    h("code", { class: "tr-mono" }, `# you could have typed: ${code}`),
    h("span", { class: "tr-soft" }, text),
  );
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
