// A prediction: who will be reserved, and the code that makes the same choice.

import { widget } from "../cell/widget.js";
import { ChoiceGroup } from "../telling/choice_group.js";
import { html } from "../vendor/preact.js";

export default widget(Prediction);

function Prediction({ state, ask }) {
  return html`<${ChoiceGroup}
      ...${state}
      state=${state}
      choices=${state.choices.map(({ who, label }) => ({ value: who, label }))}
      choose=${(who) => ask({ action: "choose", who })}
      more=${state.more > 0 && `… and ${state.more} more, by name in code`}
    />
    <code class="tr-mono tr-soft">${state.code && `# the same in code: ${state.code}`}</code>`;
}
