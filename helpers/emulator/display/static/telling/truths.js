// The truth table of an expression: what it says of each Worker or Task, clause by clause, and why.

import { html } from "../vendor/preact.js";

const VERDICTS = {
  good: ["✓ true", true, "yes"],
  bad: ["✗ false", false, "no"],
};

/** `first` names the first column, `clauses` are those of the expression, `rows` what it was tried on. */
export function Truths({ first, clauses, rows }) {
  if (!rows.length) return html`<p class="tr-nothing">No Workers or Tasks to try it on</p>`;
  const several = clauses.length > 1 ? clauses : [];
  const headings = [first, "Matches", ...several, "Value", "Reason"];
  return html`<div class="tr-scroll tr-truths" tabindex="0" role="region" aria-label="Truth table">
    <table aria-label="Truth table">
      <thead>
        <tr>${headings.map((text) => html`<th scope="col" data-kind=${several.includes(text) ? "json" : "text"}>${text}</th>`)}</tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) => html`<tr>
            <th scope="row"><bdi>${row.name}</bdi></th>
            <td><${Truth} value=${row.matches} /></td>
            ${several.map((_, place) => html`<td><${Truth} value=${row.clauses[place]} /></td>`)}
            <td data-kind="json"><bdi>${row.seen}</bdi></td>
            <td><bdi>${row.why}</bdi></td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** A verdict in a mark, a word and a colour. */
function Truth({ value }) {
  const [tone, [words]] = Object.entries(VERDICTS).find(([, known]) => known.slice(1).includes(value)) ?? [
    "wait",
    ["– not tried"],
  ];
  return html`<span class="tr-holds" data-tone=${tone}>${words}</span>`;
}
