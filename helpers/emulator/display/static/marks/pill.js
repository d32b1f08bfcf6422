// A status: shape, word and tint.

import { html } from "../vendor/preact.js";
import { Glyph } from "./glyph.js";

const TONES = {
  pending: "wait",
  reserved: "offer",
  assigned: "good",
  accepted: "good",
  wrapping: "wrap",
  completed: "done",
  rescinded: "done",
  canceled: "bad",
  rejected: "bad",
  timeout: "bad",
};

/** A status of a Task or of a Reservation, in Twilio's word. */
export function Pill({ status }) {
  return html`<span class="tr-pill" data-tone=${TONES[status] ?? "done"}><${Glyph} name=${status} />${status}</span>`;
}
