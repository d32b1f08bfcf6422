// Attributes that count, as buttons that fill an editor: a name with the value that it has or could have, and each value.

import { html } from "../vendor/preact.js";
import { settingOf } from "./json_text.js";
import { replaceText } from "./typing.js";

const SHOWN = 6; // values of one name

/** `lead` begins the sentence, such as "This Workflow reads"; `reads` are `{name, values}`; `area` is the editor's textarea. */
export function JsonSuggestions({ lead, reads, value, area }) {
  const set = (name, wanted) => {
    const change = settingOf(value, name, wanted);
    if (change) replaceText(area.current, change);
    else area.current.focus(); // broken JSON: the editor says what is wrong
  };
  return html`<p class="tr-json-suggestions">
    ${lead}${" "}
    ${reads.map(({ name, values }, index) => [
      index > 0 && (index === reads.length - 1 ? " and " : ", "),
      html`<${Chip} text=${name} choose=${() => set(name, values[0] ?? "")} />`,
      values.length > 0 && " with ",
      values
        .slice(0, SHOWN)
        .map((each, place) => [
          place > 0 && " or ",
          html`<${Chip} text=${JSON.stringify(each)} choose=${() => set(name, each)} />`,
        ]),
    ])}
  </p>`;
}

function Chip({ text, choose }) {
  return html`<button type="button" class="tr-chip tr-mono" onClick=${choose}><bdi>${text}</bdi></button>`;
}
