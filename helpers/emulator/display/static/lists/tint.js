// A row that has just changed says so once: a tint that fades, or, for who wants no motion, a bar that goes after a while.

import { arrivedAt } from "../core/store.js";
import { useLayoutEffect } from "../vendor/preact.js";

const FRESH_MS = 400; // what was drawn later than that was scrolled to, not changed
const FADE_MS = 900; // --tr-slow
const BAR_MS = 2000;

/** Tint the element of `ref` whenever another `record` comes to it. */
export function useTint(ref, record) {
  useLayoutEffect(() => {
    const at = arrivedAt(record);
    if (at === undefined || performance.now() - at > FRESH_MS) return undefined;
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? showBar(ref.current) : fade(ref.current);
  }, [record]);
}

function fade(element) {
  const animation = element.animate([{ backgroundColor: "var(--tr-accent-soft)" }, {}], { duration: FADE_MS });
  return () => animation.cancel();
}

function showBar(element) {
  element.toggleAttribute("data-changed", true);
  const end = () => element.toggleAttribute("data-changed", false);
  const timer = setTimeout(end, BAR_MS);
  return () => {
    clearTimeout(timer);
    end();
  };
}
