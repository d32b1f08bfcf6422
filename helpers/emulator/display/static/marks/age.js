// What time it is, how long ago, how long until: text that changes with the emulator's clock, and only if it does.

import { ageText, countdown, dayText, timeOfDay } from "../core/text.js";
import { useClockText } from "../core/time.js";
import { html } from "../vendor/preact.js";

/** The time since `since`, in epoch milliseconds, in its largest unit: "14 min". */
export function Age({ since }) {
  const text = useClockText((now) => ageText(now - since));
  return html`<span class="tr-figures">${text}</span>`;
}

/** The time until `until`: "19:59". */
export function Left({ until }) {
  const text = useClockText((now) => countdown(until - now));
  return html`<span class="tr-figures">${text}</span>`;
}

/** The time of day now: "09:00:18". */
export function TimeNow() {
  return useClockText(timeOfDay);
}

/** The day now: "3 March 2026". */
export function DayNow() {
  return useClockText(dayText);
}
