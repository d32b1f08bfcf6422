// A prediction: a radio group, which the arrow keys move through, and a line that says how it stands.

import { widget } from "../cell/widget.js";
import { h, home, uniqueId } from "../parts/dom.js";

export default widget((root, { ask }) => {
  const name = uniqueId("prediction");
  const question = h("legend", {});
  const choices = h("div", { class: "tr-choices" });
  const group = h("fieldset", { class: "tr-prediction" }, question, choices);
  const said = home(h("p", { role: "status" }));
  const code = h("code", { class: "tr-mono tr-soft" });
  root.append(group, said, code);
  let drawn = "";
  let shown;

  async function choose(who) {
    const answer = await ask({ action: "choose", who }, say);
    if (!answer.done) draw(shown); // the choice is what it was
    say(answer.text);
  }

  function say(text) {
    if (said.textContent !== text) said.textContent = text;
  }

  function choice({ who, label }, place) {
    const id = `${name}-${place}`;
    const radio = h("input", { type: "radio", id, name, value: who, onchange: () => choose(who) });
    return h("label", { class: "tr-choice", for: id }, radio, h("bdi", {}, label));
  }

  function more(left) {
    return left ? [h("span", { class: "tr-soft" }, `… and ${left} more, by name in code`)] : [];
  }

  const draw = (state) => {
    shown = state;
    const offered = JSON.stringify([state.choices, state.more]);
    if (offered !== drawn) choices.replaceChildren(...state.choices.map(choice), ...more(state.more));
    drawn = offered; // the radios stay while the choices do: with them the focus
    for (const radio of choices.querySelectorAll("input")) radio.checked = radio.value === state.chosen;
    question.textContent = state.question;
    group.disabled = state.closed;
    say(state.said);
    code.textContent = state.code ? `# you could have typed: ${state.code}` : "";
  };
  return { draw };
});
