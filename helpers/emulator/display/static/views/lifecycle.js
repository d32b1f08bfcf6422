// The lifecycle strip of one Task.

import { widget } from "../cell/widget.js";
import { Stages } from "../marks/strip.js";
import { Sentence } from "../telling/sentences.js";
import { html } from "../vendor/preact.js";

export default widget(Lifecycle);

// "now" is the stage a Task is in, which the strip draws as done; what it draws as now comes next.
const STATES = { now: "done", next: "now", "not reached": "never" };

function Lifecycle({ state: { stages, sentences } }) {
  return html`<${Stages} stages=${stages.map(([name, state]) => [name, STATES[state] ?? state])} />
    <div class="tr-sentences" role="status">
      ${sentences.map((text, place) => html`<${Sentence} key=${text} text=${text} data-next=${place === sentences.length - 1 ? "" : undefined} />`)}
    </div>`;
}
