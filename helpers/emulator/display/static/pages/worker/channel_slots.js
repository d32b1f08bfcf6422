// The capacity of a channel as slots: a shape for each Task that fits, beside the words that say the same.

import { html } from "../../vendor/preact.js";

const DRAWN = 12; // slots in a row; more would be no picture

/** Slots that are accepted, pending and wrapping, then free ones; nothing for a channel with many. */
export function Slots({ channel: { held, configured_capacity: capacity } }) {
  const used = Object.entries(held).flatMap(([status, number]) => Array(number).fill(status));
  const slots = [...used, ...Array(Math.max(0, capacity - used.length)).fill("free")];
  if (slots.length > DRAWN) return null;
  return html`<span class="tr-slots" aria-hidden="true">${slots.map((use, place) => html`<i key=${place} data-use=${use}></i>`)}</span>`;
}
