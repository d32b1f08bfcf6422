// A status or an HTTP status; its colour says again what its word says.

import { html } from "../vendor/preact.js";

const TONES = {
  good: ["available", "assigned", "accepted", "completed"],
  wait: ["pending", "reserved", "wrapping"],
  bad: ["canceled", "rejected", "timeout", "rescinded", "no answer"],
};

export function Chip({ text }) {
  const code = Number(text);
  const named = Object.keys(TONES).find((tone) => TONES[tone].includes(text));
  const tone = named ?? (code >= 400 ? "bad" : code >= 200 && code < 300 ? "good" : "plain");
  return html`<span class="tr-chip" data-tone=${tone}>${text}</span>`;
}
