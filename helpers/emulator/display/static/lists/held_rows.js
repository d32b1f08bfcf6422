// Nothing moves under the reader: while the pointer or the focus is in a list, its rows keep their order.

/**
 * `rows` in an order that keeps those of `before` (keys in the order shown) as they were among themselves; what is new
 * stands where `rows` has it.
 */
export function heldOrder(rows, before, keyOf) {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  const old = before.filter((key) => byKey.has(key));
  const known = new Set(old);
  let place = 0;
  return rows.map((row) => {
    if (!known.has(keyOf(row))) return row;
    place += 1;
    return byKey.get(old[place - 1]);
  });
}

/** How many rows at the top of `rows` were not there before; they wait behind a button. */
export function newAtTop(rows, before, keyOf) {
  const known = new Set(before);
  return Math.max(
    0,
    rows.findIndex((row) => known.has(keyOf(row))),
  );
}
