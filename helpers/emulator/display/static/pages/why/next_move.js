// When a Task leaves its target, and for where; or why it stays.

import { Left } from "../../marks/age.js";
import { html } from "../../vendor/preact.js";

/** `move` is {words, due_ms}, or undefined for a Task that has no next move to speak of. */
export function NextMove({ move }) {
  if (!move) return null;
  return html`<p class="tr-why-move">
    <b>Next move</b>${move.due_ms && html` in <${Left} until=${move.due_ms} />`}: <span dir="ltr">${move.words}.</span>
  </p>`;
}
