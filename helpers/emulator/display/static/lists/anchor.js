// What somebody reads stays where it is when rows come or go above it. In a list that is drawn whole the browser sees to
// that; in a windowed one the rows above are only room.

import { useLayoutEffect, useRef } from "../vendor/preact.js";

/** Keep the first row in sight where it is, whenever `rows` are others: `keys` are theirs, of `height` px each. */
export function useAnchor(scroller, { rows, keys, height, windowed }) {
  const last = useRef({ rows, key: null, offset: 0 });
  useLayoutEffect(() => {
    const list = scroller.current;
    if (!list) return;
    const { current } = last;
    const at = windowed && current.rows !== rows && list.scrollTop > 0 ? keys.indexOf(current.key) : -1;
    if (at >= 0) list.scrollTop = at * height + current.offset;
    note(list);
    current.rows = rows;
  });
  function note(list) {
    const first = Math.floor(list.scrollTop / height);
    Object.assign(last.current, { key: keys[first], offset: list.scrollTop - first * height });
  }
  return () => note(scroller.current);
}
