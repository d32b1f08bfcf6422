// JSON in colours, a block a line, so that each has its number and a bad one its tint.

import { html } from "../vendor/preact.js";
import { jsonTokens } from "./json_tokens.js";

const COLOURED = 20000; // characters: with more of them typing would become slow

/** `text` as it lies under the textarea; `bad` is the number of the line that is wrong, or null. */
export function JsonLines({ text, bad }) {
  const lines = linesOf(text);
  return html`<pre class="tr-json-lines" aria-hidden="true" dir="ltr">
    ${lines.map((parts, index) => html`<span key=${index} data-bad=${index + 1 === bad ? "" : undefined}>${parts}</span>`)}
  </pre>`;
}

/** The lines of a text, each a list of coloured parts. */
function linesOf(text) {
  const tokens = text.length > COLOURED ? [["", text]] : jsonTokens(text);
  const lines = [[]];
  for (const [kind, token] of tokens) {
    for (const [index, part] of token.split("\n").entries()) {
      if (index) lines.push([]);
      if (part) lines.at(-1).push(kind ? html`<span data-token=${kind}>${part}</span>` : part);
    }
  }
  return lines;
}
