// The dialog in which a request is changed before it is sent again: its parameters one by one.

import { problemOf } from "../../code/json_text.js";
import { Button } from "../../components/button.js";
import { Dialog } from "../../components/dialog.js";
import { Field } from "../../components/field.js";
import { useStopped } from "../../hooks/actions.js";
import { useDraft } from "../../hooks/drafts.js";
import { Refusal } from "../../marks/refusal.js";
import { html } from "../../vendor/preact.js";
import { formOf } from "./request_code.js";
import { useResending } from "./request_detail.js";

/** `sent(number)` is told the number of the new request. */
export function EditRequest({ detail, close, sent }) {
  const [pairs, setPairs, drop] = useDraft(`replay ${detail.number}`, detail.parameters);
  const { busy, refusal, send } = useResending(detail.number);
  const stopped = useStopped();
  const submit = async () => {
    const number = await send(formOf(pairs));
    if (number === null) return;
    drop();
    close();
    sent(number);
  };
  const cancel = () => {
    drop();
    close();
  };
  const why = pairs.some(([name]) => name) ? stopped : "There are no parameters to send.";
  const foot = html`<${Button} kind="main" disabled=${busy || Boolean(why)} why=${why} onClick=${submit}>Send again</${Button}>
    <${Button} onClick=${cancel}>Cancel</${Button}>
    <span class="tr-soft">${WHAT_HAPPENS[detail.kind]}</span>`;
  return html`<${Dialog} title="Edit and replay" close=${close} foot=${foot}>
    <p class="tr-request-line tr-mono"><b>${detail.method}</b> ${detail.path}</p>
    <${PairFields} pairs=${pairs} change=${setPairs} />
    ${refusal && html`<${Refusal} answer=${refusal} />`}
  </${Dialog}>`;
}

const WHAT_HAPPENS = {
  callback: "It's signed again, and TaskRouter carries out the instruction in the reply.",
  api: "It's a new request.",
};

function PairFields({ pairs, change }) {
  const set = (place, pair) => change(pairs.with(place, pair));
  return html`<ol class="tr-pairs">
      ${pairs.map(
        ([name, value], place) => html`<li key=${place}>
          <${Field} label="Name">
            <input class="tr-input" spellcheck=${false} autocomplete="off" value=${name} onInput=${({ target }) => set(place, [target.value, value])} />
          </${Field}>
          <${Field} label=${html`Value<span class="tr-spoken"> of ${name}</span>`} error=${wrongJson(value)}>
            <textarea class="tr-input" rows=${Math.min(6, value.split("\n").length)} spellcheck=${false} value=${value} onInput=${({ target }) => set(place, [name, target.value])}></textarea>
          </${Field}>
          <${Button} kind="quiet" glyph="close" onClick=${() => change(pairs.toSpliced(place, 1))}>Remove<span class="tr-spoken"> ${name}</span></${Button}>
        </li>`,
      )}
    </ol>
    <${Button} glyph="plus" onClick=${() => change([...pairs, ["", ""]])}>Add parameter</${Button}>`;
}

/** What is wrong with a value that looks like JSON, and where; it can be sent all the same, to see what happens. */
function wrongJson(value) {
  if (!/^\s*[{]/.test(value)) return "";
  return problemOf(value)?.words ?? "";
}
