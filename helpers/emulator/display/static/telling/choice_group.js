// A question as a radio group, which the arrow keys move through, and a line that says how it stands.

import { useId } from "../hooks/ids.js";
import { html, useState } from "../vendor/preact.js";

/**
 * `choices` are `{value, label}`; `choose(value)` gives an answer, whose text is shown until `state`, of which
 * `said` tells, is another one. `more` is a note after the choices; `draw` draws all other texts.
 */
export function ChoiceGroup({ state, question, choices, chosen, said, choose, closed = false, more, draw = String }) {
  const name = useId();
  const [told, tell] = useState({ of: null, text: "" });
  const pick = async (value) => {
    const answer = await choose(value);
    tell({ of: state, text: answer.text });
  };
  const shown = told.text && (told.of === state || told.text === said) ? told.text : said;
  return html`<fieldset class="tr-choice-group" disabled=${closed}>
      <legend>${draw(question)}</legend>
      <div class="tr-choices">
        ${choices.map(
          ({ value, label }) => html`<label class="tr-choice" key=${value}>
            <input type="radio" name=${name} value=${value} checked=${value === chosen} onChange=${() => pick(value)} />
            <bdi>${draw(label)}</bdi>
          </label>`,
        )}
        ${more && html`<span class="tr-soft">${more}</span>`}
      </div>
    </fieldset>
    <p role="status">${draw(shown)}</p>`;
}
