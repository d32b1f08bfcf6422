// Code with its texts and remarks in colours.

import { html } from "../vendor/preact.js";

const TOKEN = /("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|((?:\/\/|#) .*$)/gm;

/** `text` as it stands, in Python, JavaScript or a shell's language. */
export function CodeText({ text }) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(TOKEN)) {
    const kind = found[1] === undefined ? "remark" : "string";
    parts.push(text.slice(end, found.index), html`<span data-token=${kind}>${found[0]}</span>`);
    end = found.index + found[0].length;
  }
  return html`<code dir="ltr">${parts}${text.slice(end)}</code>`;
}
