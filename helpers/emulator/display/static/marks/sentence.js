// A sentence of the engine: names in bold, code in code, all of it text.

import { html } from "../vendor/preact.js";

const TAGS = { strong: "strong", code: "code" };

/** `parts` are `{text, style}`, as the answers to questions have them. */
export function Sentence({ parts }) {
  return parts.map(({ text, style }, place) => {
    const Tag = TAGS[style];
    return Tag
      ? html`<${Tag} key=${place} class=${style === "code" ? "tr-mono" : undefined}><bdi>${text}</bdi></${Tag}>`
      : text;
  });
}
