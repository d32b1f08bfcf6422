// A row of a Table. What its cells say is made once for a record, so that a change of one row draws one row.

import { RowPlace } from "../hooks/row_place.js";
import { html, useMemo, useRef } from "../vendor/preact.js";
import { useTint } from "./tint.js";

/**
 * `record` is shown by `draw(record)`, kept in `drawn`, a WeakMap; `index` counts all rows from 0 and is told
 * where they are `windowed`. `active` is the row that the Tab key leads to, `chosen` the one that is open.
 */
export function Row({ record, draw, drawn, to, index, windowed, active, chosen, press }) {
  const element = useRef();
  useTint(element, record);
  if (!drawn.has(record)) drawn.set(record, draw(record));
  const place = useMemo(() => ({ to, active }), [to, active]);
  return html`<${RowPlace.Provider} value=${place}>
    <tr
      ref=${element}
      role="row"
      tabindex=${active ? 0 : -1}
      data-index=${index}
      aria-rowindex=${windowed ? index + 2 : undefined}
      aria-current=${chosen ? "true" : undefined}
      onClick=${(event) => press(event, record)}
    >
      ${drawn.get(record)}
    </tr>
  </${RowPlace.Provider}>`;
}
