// JSON in one line, with names, texts, numbers and words in their colours.

import { html } from "../vendor/preact.js";

const TOKEN = /("(?:[^"\\]|\\.)*"?)(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b/g;

/** The parts of a JSON text, whole or cut, as `[kind, text]`; kind is "key", "string", "number", "word" or "". */
export function jsonTokens(text) {
  const found = [];
  let end = 0;
  for (const each of text.matchAll(TOKEN)) {
    const [all, string, colon, number] = each;
    if (each.index > end) found.push(["", text.slice(end, each.index)]);
    if (string !== undefined) {
      found.push([colon === undefined ? "string" : "key", string]);
      if (colon !== undefined) found.push(["", colon]);
    } else found.push([number === undefined ? "word" : "number", all]);
    end = each.index + all.length;
  }
  if (end < text.length) found.push(["", text.slice(end)]);
  return found;
}

/** A JSON text as it stands, in colours. */
export function Json({ text }) {
  const parts = jsonTokens(text).map(([kind, part]) => (kind ? html`<span data-token=${kind}>${part}</span>` : part));
  return html`<code class="tr-json" dir="ltr">${parts}</code>`;
}
