// Workers and the clauses of an expression: which are true, the whole, and what it was before.

import { Link, route } from "../../core/router.js";
import { Glyph } from "../../marks/glyph.js";
import { Name } from "../../marks/name.js";
import { html } from "../../vendor/preact.js";

const JOINTS = { AND: "AND", OR: "OR", mixed: "Whole", "": "Matches" };

/** `trial` is {clauses, joint, rows: [{worker_sid, name, cells, values, joined, before}]}, as the engine answers it. */
export function TruthTable({ trial }) {
  const { clauses, joint, rows } = trial;
  const showBefore = rows[0].before !== null;
  return html`<div class="tr-truth" tabindex="0" role="region" aria-label="Workers and clauses">
    <table>
      <thead>
        <tr>
          <th scope="col">Worker</th>
          ${clauses.map((clause, place) => html`<th scope="col" key=${place} class="tr-mono"><bdi>${clause}</bdi></th>`)}
          <th scope="col">${JOINTS[joint]}</th>
          ${showBefore && html`<th scope="col">Before</th>`}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => html`<${Row} key=${row.worker_sid} row=${row} showBefore=${showBefore} />`)}
      </tbody>
    </table>
  </div>`;
}

function Row({ row, showBefore }) {
  const { worker_sid, name, cells, values, joined, before } = row;
  const worker = { ...route(), page: "workers", sid: worker_sid, tab: null, query: {} };
  const stops = joined ? -1 : cells.findIndex((cell) => cell !== "true");
  return html`<tr>
    <th scope="row"><${Link} to=${worker}><${Name} text=${name} /><//></th>
    ${cells.map(
      (
        cell,
        place,
      ) => html`<td key=${place} data-ok=${String(cell === "true")} data-stops=${place === stops ? "" : undefined}>
        <${Verdict} ok=${cell === "true"} words=${cell === "missing" ? "missing" : values[place]} />
      </td>`,
    )}
    <td data-ok=${String(joined)}><${Verdict} ok=${joined} words=${joined ? "matches" : "doesn't match"} /></td>
    ${showBefore && html`<td data-ok=${String(before)} class="tr-truth-before"><${Verdict} ok=${before} words=${before ? "matched" : "didn't match"} /></td>`}
  </tr>`;
}

function Verdict({ ok, words }) {
  return html`<${Glyph} name=${ok ? "tick" : "cross"} /><span class="tr-spoken">${ok ? "true" : "false"}:</span> <bdi>${words}</bdi>`;
}
