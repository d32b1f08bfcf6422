// What somebody else saved beside what was typed here; lines that differ are marked.

import { linePairs } from "../../code/line_pairs.js";
import { Dialog } from "../../components/dialog.js";
import { html } from "../../vendor/preact.js";

/** `buttons` choose one of the two. */
export function Compare({ theirs, mine, close, buttons }) {
  const rows = linePairs(theirs, mine);
  const cell = (text, isSame) =>
    html`<td data-differs=${isSame ? undefined : ""}>${text !== null && !isSame && html`<span class="tr-spoken">differs: </span>`}<code dir="ltr">${text ?? ""}</code></td>`;
  return html`<${Dialog} title="Theirs and yours" close=${close} foot=${buttons}>
    <div class="tr-compare" tabindex="0" role="region" aria-label="Both texts">
      <table>
        <thead>
          <tr><th scope="col">Theirs</th><th scope="col">Yours</th></tr>
        </thead>
        <tbody>
          ${rows.map(({ left, right, isSame }, place) => html`<tr key=${place}>${cell(left, isSame)}${cell(right, isSame)}</tr>`)}
        </tbody>
      </table>
    </div>
  </${Dialog}>`;
}
