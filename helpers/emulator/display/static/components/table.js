// A list of records as a table: one stop of the Tab key, windowed where it is long, in two lines where it is narrow.

import { go } from "../core/router.js";
import { useAnchor } from "../lists/anchor.js";
import { heldOrder, newAtTop } from "../lists/held_rows.js";
import { Row } from "../lists/row.js";
import { useRowFocus } from "../lists/row_focus.js";
import { useWindow } from "../lists/window.js";
import { html, useMemo, useRef, useState } from "../vendor/preact.js";

const NARROW = 620; // px of the list
const HEIGHTS = { 1: 40, 2: 52 };

/**
 * `columns` are `{key, title, width, cell(record), number}`, `width` a track of a grid such as "116px" or "1fr". `rows` are
 * records, `keyOf(record)` their SIDs; `chosen` is the key of the open one, which `open(record)` opens, or `to(record)`, a
 * route, which makes its SID a link. `narrow(record)` are the cells of a row in two lines; `lines` says how many a wide row
 * has. `label` names the table, `empty` stands in the place of no rows. With `news(count)`, the words of a button, rows that
 * come at the top while somebody reads wait behind it.
 */
export function Table({ columns, rows, keyOf, chosen, open, to, label, empty, narrow, lines = 1, news }) {
  const scroller = useRef();
  const [held, setHeld] = useState(false);
  const order = useRef([]);
  const height = useRef(HEIGHTS[lines]);
  const reading = held || (Boolean(news) && scroller.current?.scrollTop > 0);
  const { shown, waiting } = arrange(rows, { held: reading, before: order.current, keyOf, grows: Boolean(news) });
  order.current = shown.map(keyOf);
  const view = useWindow(scroller, shown.length, height.current);
  const two = narrow !== undefined && view.width > 0 && view.width < NARROW;
  height.current = HEIGHTS[two ? 2 : lines];
  const show = (record) => (open ? open(record) : to && go(to(record)));
  const focus = useRowFocus({
    scroller,
    keys: order.current,
    chosen,
    height: height.current,
    windowed: !view.whole,
    open: (key) => show(shown[order.current.indexOf(key)]),
  });
  const noteAnchor = useAnchor(scroller, { rows, keys: order.current, height: height.current, windowed: !view.whole });
  const draw = two
    ? (record) => html`<td role="cell">${narrow(record)}</td>`
    : (record) => columns.map((column) => cell(column, record));
  const drawn = useMemo(() => new WeakMap(), [columns, two]);
  const press = (event, record) => {
    focus.activate(keyOf(record));
    if (!event.target.closest("a, button, input, select") && !getSelection().toString()) show(record);
  };
  const release = () => setHeld(false);
  const hold = () => setHeld(true);
  const showNews = () => {
    order.current = [];
    scroller.current.scrollTop = 0;
    release();
  };
  if (!rows.length) return empty ?? null;
  return html`
    ${waiting > 0 && html`<button type="button" class="tr-news" onClick=${showNews}>${news(waiting)}</button>`}
    <div
      class="tr-table"
      ref=${scroller}
      tabindex="-1"
      data-windowed=${view.whole ? undefined : ""}
      data-lines=${two ? 2 : lines}
      data-narrow=${two ? "" : undefined}
      onPointerEnter=${hold}
      onPointerLeave=${release}
      onFocusIn=${hold}
      onFocusOut=${release}
      onKeyDown=${focus.onKeyDown}
      onScroll=${noteAnchor}
    >
      <table role="table" aria-label=${label} aria-rowcount=${view.whole ? undefined : shown.length + 1} style=${`--columns: ${columns.map(({ width }) => width ?? "1fr").join(" ")}`}>
        <thead role="rowgroup" class=${two ? "tr-spoken" : undefined}>
          <tr role="row">${(two ? [{ key: "all", title: label }] : columns).map(heading)}</tr>
        </thead>
        <tbody role="rowgroup" style=${`padding: ${view.first * height.current}px 0 ${(shown.length - view.end) * height.current}px`}>
          ${shown.slice(view.first, view.end).map((record, place) => {
            const key = keyOf(record);
            return html`<${Row}
              key=${key}
              index=${view.first + place}
              windowed=${!view.whole}
              active=${key === focus.active}
              chosen=${key === chosen}
              to=${to?.(record)}
              ...${{ record, draw, drawn, press }}
            />`;
          })}
        </tbody>
      </table>
    </div>
  `;
}

/** The rows to show now, and how many wait behind the button for new ones. */
function arrange(rows, { held, before, keyOf, grows }) {
  if (!held || !before.length) return { shown: rows, waiting: 0 };
  const waiting = grows ? newAtTop(rows, before, keyOf) : 0;
  return { shown: heldOrder(rows.slice(waiting), before, keyOf), waiting };
}

function heading({ key, title, number }) {
  return html`<th role="columnheader" scope="col" key=${key} data-number=${number ? "" : undefined}>${title}</th>`;
}

function cell({ key, number, cell: write }, record) {
  return html`<td role="cell" key=${key} data-number=${number ? "" : undefined}>${write(record)}</td>`;
}
