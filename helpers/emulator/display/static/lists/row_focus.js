// The focus in a list: one row has it or would get it; arrows move it, Enter opens; it stays in the list when its row goes.

import { focusHeading, wantHeading } from "../hooks/focus.js";
import { useLayoutEffect, useRef, useState } from "../vendor/preact.js";

const FOLLOW_MS = 120; // before the open thing follows the focus

/**
 * `keys` are those of all rows in order, `chosen` the open one or nothing, `open(key)` opens one. Returns `active`, the key
 * of the row that Tab leads to, `activate(key)` and `onKeyDown`.
 */
export function useRowFocus({ scroller, keys, chosen, height, windowed, open }) {
  const [wanted, setWanted] = useState(null);
  const last = useRef({ index: 0, chosen, element: null, moved: false, follow: null });
  const active =
    [wanted, chosen].find((key) => keys.includes(key)) ?? keys[Math.min(last.current.index, keys.length - 1)];
  const at = keys.indexOf(active);
  const focus = () => focusRow(scroller.current, at, windowed ? height : null);

  useLayoutEffect(() => {
    const { current } = last;
    const isGone = current.element !== null && !current.element.isConnected;
    const lost = isGone && !scroller.current?.contains(document.activeElement); // a menu gave it back to its button
    const closed = current.chosen && !chosen && document.activeElement === document.body;
    if (current.moved || closed || (lost && !keys.includes(current.key))) focus();
    else if (lost) scroller.current?.focus({ preventScroll: true }); // scrolled away: an arrow brings it back
    const inside = scroller.current?.contains(document.activeElement);
    Object.assign(current, { index: at, key: active, chosen, moved: false });
    current.element = inside ? document.activeElement : null;
  });

  function move(to) {
    const key = keys[Math.max(0, Math.min(to, keys.length - 1))];
    if (key === active) focus();
    else last.current.moved = true;
    setWanted(key);
    clearTimeout(last.current.follow);
    if (chosen) last.current.follow = setTimeout(open, FOLLOW_MS, key);
  }

  function onKeyDown(event) {
    const { target, key } = event;
    if (
      !(target === scroller.current || target.matches("tbody > tr")) ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    )
      return;
    const page = Math.max(1, Math.floor(scroller.current.clientHeight / height) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (key in steps) move(at + steps[key]);
    else if (key === "Enter") enter();
    else return;
    event.preventDefault();
  }

  function enter() {
    clearTimeout(last.current.follow);
    if (chosen === active) focusHeading();
    else {
      wantHeading();
      open(active);
    }
  }

  return { active, activate: setWanted, onKeyDown };
}

/** Give row `index` the focus. In a windowed list, with rows of `height` px, it is scrolled to and drawn first. */
function focusRow(scroller, index, height) {
  const find = () => scroller?.querySelector(`tr[data-index="${index}"]`);
  if (height && scroller) bringIntoSight(scroller, index * height, height);
  if (find()) find().focus({ preventScroll: Boolean(height) });
  else requestAnimationFrame(() => requestAnimationFrame(() => find()?.focus({ preventScroll: true })));
}

/** Scroll as little as needed; the heading of the table stays over the rows. */
function bringIntoSight(scroller, top, height) {
  const bottom = top + height + scroller.querySelector("thead").offsetHeight;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight;
}
