// JSON in one line, with names, texts, numbers and words in their colours.

import { jsonTokens } from "../code/json_tokens.js";
import { html } from "../vendor/preact.js";

/** A JSON text as it stands, in colours. */
export function Json({ text }) {
  const parts = jsonTokens(text).map(([kind, part]) => (kind ? html`<span data-token=${kind}>${part}</span>` : part));
  return html`<code class="tr-json" dir="ltr">${parts}</code>`;
}
