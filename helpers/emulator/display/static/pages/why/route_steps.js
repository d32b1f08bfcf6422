// The way of a Task as knots on a line: filters, TaskQueue, and what comes then.

import { Glyph } from "../../marks/glyph.js";
import { html } from "../../vendor/preact.js";

const SHAPES = { filter: "tick", queue: "queues", waits: "pending", reserved: "reserved", canceled: "canceled" };

/** `steps` are {kind, ok, title, detail}; kind is filter, queue, waits, reserved, then or canceled. */
export function RouteSteps({ steps }) {
  return html`<ol class="tr-steps">
    ${steps.map(
      (step, place) => html`
        <li key=${place} data-kind=${step.kind} data-ok=${String(step.ok)}>
          <span class="tr-knot"><${Glyph} name=${shapeOf(step)} /></span>
          <strong dir="ltr">${step.title}</strong>
          <span class="tr-step-detail tr-soft" dir="ltr">${step.detail}</span>
        </li>
      `,
    )}
  </ol>`;
}

function shapeOf({ kind, ok }) {
  return kind === "filter" && !ok ? "cross" : (SHAPES[kind] ?? "clock");
}
