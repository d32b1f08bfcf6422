// What an API request was refused with: Twilio's words letter by letter, below them ours.

import { html } from "../vendor/preact.js";
import { Note } from "./note.js";

/** `answer` is `{status, code, message, hint}`; status and code are null where nobody answered. */
export function Refusal({ answer, buttons }) {
  const { status, code, message, hint } = answer;
  const bold = [status, code].filter(Boolean).join(" · ");
  return html`<${Note} tone="bad" role="alert" bold=${bold} buttons=${buttons}>
    <span class=${status ? "tr-mono" : undefined}>${message}</span>
    ${hint && html`<p>${hint}</p>`}
  </${Note}>`;
}
