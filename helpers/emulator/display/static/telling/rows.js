// A table of rows under its title, or a word where there are none.

import { html } from "../vendor/preact.js";
import { Chip } from "./chip.js";

/** `title`, `columns` of {title, kind}, `rows` of texts, `empty` in place of rows, and how many `more` there are. */
export function Rows({ title, columns, rows, empty, more }) {
  return html`<h3>${title}</h3>
    ${rows.length ? html`<${Grid} title=${title} columns=${columns} rows=${rows} />` : html`<p class="tr-nothing">${empty}</p>`}
    ${rows.length > 0 && more > 0 && html`<p class="tr-soft">… and ${more} more</p>`}`;
}

function Grid({ title, columns, rows }) {
  return html`<div class="tr-scroll" tabindex="0" role="region" aria-label=${title}>
    <table aria-label=${title}>
      <thead>
        <tr>${columns.map((column) => html`<th scope="col" data-kind=${column.kind}>${column.title}</th>`)}</tr>
      </thead>
      <tbody>
        ${rows.map((row) => html`<tr>${row.map((text, place) => html`<${Cell} text=${text} kind=${columns[place].kind} />`)}</tr>`)}
      </tbody>
    </table>
  </div>`;
}

function Cell({ text, kind }) {
  const content = kind === "status" ? html`<${Chip} text=${text} />` : html`<bdi>${text}</bdi>`;
  return html`<td data-kind=${kind} title=${kind === "sid" ? text : undefined}>${content}</td>`;
}
