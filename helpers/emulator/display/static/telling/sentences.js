// Sentences, in which what stands between backticks is code.

import { html } from "../vendor/preact.js";

/** One sentence as a paragraph. */
export function Sentence({ text, ...rest }) {
  return html`<p ...${rest}>${marked(text)}</p>`;
}

/** Sentences that belong together; `tone` colours their edge. */
export function Sentences({ texts, tone, ...rest }) {
  if (!texts.length) return null;
  return html`<div class="tr-sentences" data-tone=${tone} ...${rest}>
    ${texts.map((text) => html`<${Sentence} key=${text} text=${text} />`)}
  </div>`;
}

/** The parts of a sentence, those between backticks as code. */
export function marked(text) {
  return text.split(/`([^`]+)`/).map((part, place) => (place % 2 ? html`<code class="tr-mono">${part}</code>` : part));
}
