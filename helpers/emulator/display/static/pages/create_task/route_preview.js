// The route that a Task would take, as the engine answers it: which filter, which queue, who, and what comes then.

import { html } from "../../vendor/preact.js";
import { RouteSteps } from "../why/route_steps.js";

/** `answer` is the engine's, null as long as there is none; `problem` says why nothing was asked. */
export function RoutePreview({ answer, problem }) {
  const words = problem ?? answer?.error?.message ?? answer?.partial;
  return html`
    <section class="tr-preview" aria-label="Route preview">
      <h3>Route preview</h3>
      <div aria-live="polite">
        ${words && html`<p class="tr-soft">${words}</p>`}
        ${!problem && answer?.steps && html`<${RouteSteps} steps=${answer.steps} />`}
      </div>
    </section>
  `;
}
