// What somebody reads stays where it is: when rows come or go above it, and when the reader comes back to the list. In a list
// that is drawn whole the browser sees to the former; in a windowed one the rows above are only room.

import { cameBack, pathOf, useRoute } from "../core/router.js";
import { useLayoutEffect, useRef } from "../vendor/preact.js";

const left = new Map(); // by address, without what is open beside the list: where it was scrolled to

/**
 * Keep the first row in sight where it is, whenever `rows` are others: `keys` are theirs, of `height` px each. Returns what
 * is called when the list was scrolled.
 */
export function useAnchor(scroller, { rows, keys, height, windowed }) {
  const address = pathOf({ ...useRoute(), sid: null, tab: null });
  const last = useRef({ rows, key: null, offset: 0 });
  useLayoutEffect(() => {
    if (scroller.current && cameBack()) scroller.current.scrollTop = left.get(address) ?? 0;
  }, []);
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
  return () => {
    note(scroller.current);
    left.set(address, scroller.current.scrollTop);
  };
}
