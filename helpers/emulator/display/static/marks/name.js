// A name that somebody gave: text and nothing else, whatever it holds, in its own direction of writing.

import { html } from "../vendor/preact.js";

const END = 9; // characters that stay at the end, where names of queues differ

/**
 * A name. With `keepEnd` it is cut in its middle where there is no room, in one line; the whole name is in its title.
 */
export function Name({ text, keepEnd }) {
  if (!keepEnd || text.length <= 2 * END) return html`<bdi class="tr-name-text">${text}</bdi>`;
  return html`<bdi class="tr-name-cut" title=${text}>
    <span>${text.slice(0, -END)}</span><span>${text.slice(-END)}</span>
  </bdi>`;
}
