// A quiz: one radio group below the other, and the code that gave the last answer.

import { widget } from "../cell/widget.js";
import { ChoiceGroup } from "../telling/choice_group.js";
import { marked } from "../telling/sentences.js";
import { html } from "../vendor/preact.js";

export default widget(Recall);

function Recall({ state, ask }) {
  return html`<div class="tr-recall">
    <p>${state.title}</p>
    ${state.questions.map(
      (each) => html`<${ChoiceGroup}
        key=${each.number}
        state=${each}
        question=${each.text}
        choices=${each.choices}
        chosen=${each.chosen}
        said=${each.said}
        draw=${marked}
        choose=${(choice) => ask({ action: "answer", question: each.number, choice })}
      />`,
    )}
    <code class="tr-mono tr-soft">${state.code && `# the same in code: ${state.code}`}</code>
  </div>`;
}
