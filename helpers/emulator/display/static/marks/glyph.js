// Shapes of 16 × 16, drawn in the colour of the text beside them. A state is known by its shape first, then by its word,
// then by its tint, so that greyscale and forced colours lose nothing.

import { html } from "../vendor/preact.js";

const ring = html`<circle cx="8" cy="8" r="5.6" stroke-width="1.8" />`;
const disc = html`<circle class="tr-glyph-fill" cx="8" cy="8" r="6.4" />`;
const tick = html`<path d="m3.2 8.6 3.1 3.1 6.5-7" stroke-width="1.8" />`;
const cross = html`<path d="m4 4 8 8m0-8-8 8" stroke-width="1.8" />`;
const struck = [ring, html`<path d="m4.2 11.8 7.6-7.6" stroke-width="1.8" />`];
const clock = [ring, html`<path d="M8 4.9V8l2.1 1.4" />`];
const dashed = html`<circle cx="8" cy="8" r="5.6" stroke-width="1.8" stroke-dasharray="2.4 2" />`;
const half = [ring, html`<path class="tr-glyph-fill" d="M8 2.4a5.6 5.6 0 0 1 0 11.2z" />`];

const SHAPES = {
  // states of Tasks and Reservations
  pending: dashed,
  reserved: half,
  assigned: disc,
  wrapping: [ring, html`<circle class="tr-glyph-fill" cx="8" cy="8" r="2.6" />`],
  completed: [disc, html`<path class="tr-glyph-cut" d="m5.2 8.2 2 2 3.7-4" stroke-width="1.7" />`],
  canceled: struck,
  accepted: tick,
  rejected: cross,
  timeout: clock,
  rescinded: html`<path d="M6.2 3.2 2.8 6.4l3.4 3.2M3 6.4h6.2a3.4 3.4 0 0 1 0 6.8H6.4" />`,
  // Workers, and the way to the emulator
  available: html`<circle class="tr-glyph-fill" cx="8" cy="8" r="4.2" />`,
  unavailable: html`<circle cx="8" cy="8" r="3.6" stroke-width="1.6" />`,
  connected: html`<circle class="tr-glyph-fill" cx="8" cy="8" r="4.2" />`,
  reconnecting: dashed,
  stopped: struck,
  // pages
  board: html`<path d="M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6" />`,
  tasks: html`<path d="M6 4h8M6 8h8M6 12h8M2.4 4h.6M2.4 8h.6M2.4 12h.6" />`,
  reservations: half,
  workers: html`<circle cx="6" cy="5.4" r="2.4" /><path
      d="M1.8 13c0-2.6 1.8-4 4.2-4s4.2 1.4 4.2 4M10.4 3.2a2.4 2.4 0 0 1 0 4.4M11.8 9.4c1.5.5 2.4 1.8 2.4 3.6"
    />`,
  queues: html`<path d="M2.5 2.8h11v2.6h-11zM2.5 6.9h11v2.6h-11zM4 11.2h8v2H4z" />`,
  workflows: html`<circle cx="3.6" cy="8" r="1.6" /><circle cx="12.4" cy="4" r="1.6" /><circle cx="12.4" cy="12" r="1.6" /><path
      d="M5.2 8h1.6c2 0 1.6-4 4-4M6.8 8c2 0 1.6 4 4 4"
    />`,
  activities: html`<path d="M1.6 8.4h2.8l2-5 3.2 9.2 2-4.2h2.8" />`,
  settings: html`<path d="M2.4 4.6h6.2m3.6 0h1.4M2.4 11.4h1.4m3.6 0h6.2" /><circle cx="10.4" cy="4.6" r="1.8" /><circle
      cx="5.6"
      cy="11.4"
      r="1.8"
    />`,
  requests: html`<path d="M2.4 5.2h10.8M10.6 2.6l2.8 2.6-2.8 2.6M13.6 10.8H2.8M5.4 8.2l-2.8 2.6 2.8 2.6" />`,
  events: html`<path d="M4 2.4v11.2M7.4 4h6M7.4 8h6M7.4 12h6" /><circle class="tr-glyph-fill" cx="4" cy="4" r="1.5" /><circle
      class="tr-glyph-fill"
      cx="4"
      cy="12"
      r="1.5"
    />`,
  clock,
  // what stands beside words
  search: html`<circle cx="7" cy="7" r="4.2" /><path d="m10.2 10.2 3.4 3.4" />`,
  plus: html`<path d="M8 3v10M3 8h10" stroke-width="1.7" />`,
  minus: html`<path d="M3 8h10" stroke-width="1.7" />`,
  copy: html`<path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />`,
  close: html`<path d="m3.6 3.6 8.8 8.8m0-8.8-8.8 8.8" />`,
  down: html`<path d="m4 6.2 4 4 4-4" stroke-width="1.7" />`,
  back: html`<path d="M13.4 8H3m4-4.4L2.6 8 7 12.4" />`,
  left: html`<path d="M13.4 8H3m4-4.4L2.6 8 7 12.4" />`,
  right: html`<path d="M2.6 8H13M9 3.6 13.4 8 9 12.4" />`,
  replay: html`<path d="M13 8a5 5 0 1 1-1.6-3.7M13.2 2v3h-3" />`,
  warning: html`<path d="M8 2.4 14.2 13H1.8zM8 6.4v3.2M8 11.3v.3" />`,
  info: [ring, html`<path d="M8 7.4v3.4M8 5v.3" />`],
  shield: html`<path d="M8 1.8 13 3.6v4c0 3.2-2 5.4-5 6.6-3-1.2-5-3.4-5-6.6v-4zM5.6 7.8l1.8 1.8 3-3.2" />`,
  tick,
  cross,
};

/** A shape by its name, such as a status or a page; the word stands beside it, so it says nothing itself. */
export function Glyph({ name }) {
  return html`<svg class="tr-glyph" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">${SHAPES[name]}</svg>`;
}
