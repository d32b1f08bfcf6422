// A prediction: a radio group, which the arrow keys move through, and a line that says how it stands.

import { widget } from "../cell/widget.js";
import { useId } from "../hooks/ids.js";
import { html, useState } from "../vendor/preact.js";

export default widget(Prediction);

function Prediction({ state, ask }) {
  const name = useId();
  const [told, tell] = useState({ of: null, text: "" }); // an answer counts until the state is another one
  const choose = async (who) => {
    const answer = await ask({ action: "choose", who });
    tell({ of: state, text: answer.text });
  };
  const said = told.text && (told.of === state || told.text === state.said) ? told.text : state.said;
  return html`<fieldset class="tr-prediction" disabled=${state.closed}>
      <legend>${state.question}</legend>
      <div class="tr-choices">
        ${state.choices.map(
          ({ who, label }) => html`<label class="tr-choice" key=${who}>
            <input type="radio" name=${name} value=${who} checked=${who === state.chosen} onChange=${() => choose(who)} />
            <bdi>${label}</bdi>
          </label>`,
        )}
        ${state.more > 0 && html`<span class="tr-soft">… and ${state.more} more, by name in code</span>`}
      </div>
    </fieldset>
    <p role="status">${said}</p>
    <code class="tr-mono tr-soft">${state.code && `# you could have typed: ${state.code}`}</code>`;
}
