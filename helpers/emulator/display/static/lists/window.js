// Which rows of a long list are drawn: those in sight and some around them.

import { useLayoutEffect, useState } from "../vendor/preact.js";

const FROM = 200; // shorter lists are drawn whole
const AROUND = 4; // rows above and below those in sight
const STEP = 4; // rows that are scrolled before others are drawn

/**
 * The width of the list `scroller`, and `[first, end]` of the rows to draw among `count` rows of `height` px each; all of
 * them in a short list. Drawn again when one of these becomes another.
 */
export function useWindow(scroller, count, height) {
  const [seen, see] = useState({ width: 0, first: 0, rows: 40 });
  useLayoutEffect(() => {
    const { current } = scroller;
    if (!current) return undefined; // an empty list has nothing to scroll
    const look = () => {
      const first = Math.floor(current.scrollTop / height / STEP) * STEP;
      const next = { width: current.clientWidth, first, rows: Math.ceil(current.clientHeight / height) };
      see((last) => (sameView(last, next) ? last : next));
    };
    const observer = new ResizeObserver(look);
    look();
    observer.observe(current);
    current.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      current.removeEventListener("scroll", look);
    };
  }, [height, count > 0]);
  if (count <= FROM) return { width: seen.width, first: 0, end: count, whole: true };
  const first = Math.max(0, Math.min(seen.first, count - seen.rows) - AROUND);
  const end = Math.min(count, first + seen.rows + 2 * AROUND + STEP);
  return { width: seen.width, first, end, whole: false };
}

function sameView(one, other) {
  return one.width === other.width && one.first === other.first && one.rows === other.rows;
}
