// The way of a Task through its Workflow so far, and the timers that are set for it.

import { Left } from "../../marks/age.js";
import { html } from "../../vendor/preact.js";
import { RouteSteps } from "./route_steps.js";

/** `route` has steps, as `RouteSteps` draws them; `timers` are {due_ms, name, words}. */
export function WhyRoute({ route, timers }) {
  if (!route.length && !timers.length) return null;
  return html`
    <section class="tr-why-route">
      <h2>Route and timers</h2>
      <${RouteSteps} steps=${route} />
      <dl>
        ${timers.map(
          ({ due_ms, name, words }) => html`
            <div key=${name}>
              <dt><${Left} until=${due_ms} /></dt>
              <dd>${words}</dd>
            </div>
          `,
        )}
      </dl>
    </section>
  `;
}
