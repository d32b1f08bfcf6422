// What came of the control used last, and the code that would have done the same.

import { html } from "../vendor/preact.js";
import { CopyButton } from "./copy_button.js";

/** `outcome` is the answer to a click in any view, or a word about waiting for it: {text, code, done}. */
export function Outcome({ outcome: { text, code, done } }) {
  return html`<div class="tr-outcome" data-empty=${text ? undefined : ""} data-tone=${done === false ? "bad" : undefined} tabindex="-1">
    ${code && html`<div class="tr-typed"><code class="tr-mono"># the same in code: ${code}</code><${CopyButton} name="the code" text=${code} /></div>`}
    <span role="status">${text}</span>
  </div>`;
}
