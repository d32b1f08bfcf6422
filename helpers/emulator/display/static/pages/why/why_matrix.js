// Workers and rules: what stops each Worker from being reserved. The first cross of a row is tinted.

import { Link, route } from "../../core/router.js";
import { Glyph } from "../../marks/glyph.js";
import { Name } from "../../marks/name.js";
import { html } from "../../vendor/preact.js";

/** `matrix` is {columns, rows: [{worker_sid, name, cells: [{ok, words}], stops}]}, as the emulator answers it. */
export function WhyMatrix({ matrix }) {
  if (!matrix?.rows.length) return null;
  return html`
    <section>
      <h2>Workers <span class="tr-soft">the first cross in a row shows why the Worker is excluded</span></h2>
      <div class="tr-scrolls" tabindex="0" role="region" aria-label="Workers and rules">
        <table class="tr-matrix">
          <thead>
            <tr>
              <th scope="col">Worker</th>
              ${matrix.columns.map((column) => html`<th scope="col" key=${column}>${column}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${matrix.rows.map((row) => html`<${Row} key=${row.worker_sid} row=${row} />`)}
          </tbody>
        </table>
      </div>
    </section>
  `;
}

function Row({ row }) {
  const worker = { ...route(), page: "workers", sid: row.worker_sid, tab: null, query: {} };
  return html`
    <tr>
      <th scope="row"><${Link} to=${worker}><${Name} text=${row.name} /><//></th>
      ${row.cells.map(
        ({ ok, words }, place) => html`
          <td key=${place} data-ok=${String(ok)} data-stops=${String(place === row.stops)}>
            <${Glyph} name=${ok ? "tick" : "cross"} /><span class="tr-spoken">${ok ? "yes" : "no"}:</span> <span dir="ltr">${words}</span>
          </td>
        `,
      )}
    </tr>
  `;
}
