// The sentence that says why: its names in bold, its code in code, all of it text.

import { Left } from "../../marks/age.js";
import { Sentence } from "../../marks/sentence.js";
import { html } from "../../vendor/preact.js";

/** `says` is {sentence, parts: [{text, style}]}, of an offer also {lead, due_ms}; `place` the element's ref. */
export function WhySentence({ says, place }) {
  const words =
    says.kind === "offered" && says.due_ms ? html`<${Offer} ...${says} />` : html`<${Sentence} parts=${says.parts} />`;
  return html`<p class="tr-why-sentence" tabindex="-1" ref=${place}>${words}</p>`;
}

/** An offer, whose time runs. */
function Offer({ lead, due_ms }) {
  return html`<strong>${lead}</strong>; <${Left} until=${due_ms} /> left to accept.`;
}
