// How long ago something was, by the clock that counts; in the words of durations.py.

import { h } from "./dom.js";

const UNITS = [
  ["d", 86400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
];

/** An element for the age of what happened at `since`, in seconds; `showAges` fills it. */
export function age(since) {
  return h("span", { class: "tr-soft tr-age", "data-since": String(since) });
}

/** Bring every age under `root` up to date. */
export function showAges(root, now) {
  for (const each of root.querySelectorAll("[data-since]")) {
    const text = duration(now - Number(each.dataset.since));
    if (each.textContent !== text) each.textContent = text;
  }
}

function duration(seconds) {
  let left = Math.max(0, seconds);
  const parts = [];
  for (const [unit, size] of UNITS) {
    if (left < size) continue;
    parts.push(`${Math.floor(left / size)} ${unit}`);
    left %= size;
  }
  return parts.slice(0, 2).join(" ") || "0 s";
}
