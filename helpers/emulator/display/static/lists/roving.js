// Several controls as one stop of the Tab key: arrows move between them.

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Move the focus among the elements that `selector` names under `event.currentTarget`; returns the one that has it now. */
export function rove(event, selector) {
  const all = [...event.currentTarget.querySelectorAll(selector)];
  const place = all.indexOf(document.activeElement);
  const next = target(event.key, place, all.length);
  if (next === null || event.ctrlKey || event.metaKey || event.altKey) return null;
  event.preventDefault();
  event.stopPropagation();
  all[next]?.focus();
  return all[next] ?? null;
}

function target(key, place, count) {
  if (key in STEPS) return (Math.max(place, STEPS[key] < 0 ? 0 : -1) + STEPS[key] + count) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}
