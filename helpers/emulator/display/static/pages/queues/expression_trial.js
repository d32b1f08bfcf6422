// An expression as it is typed: names and operators as buttons, the verdict, and the truth table of all Workers.

import { useAnswer } from "../../hooks/answers.js";
import { useId } from "../../hooks/ids.js";
import { Glyph } from "../../marks/glyph.js";
import { Note } from "../../marks/note.js";
import { Sentence } from "../../marks/sentence.js";
import { html, useRef } from "../../vendor/preact.js";
import { ExpressionKeys } from "./expression_keys.js";
import { TruthTable } from "./truth_table.js";

const TYPING_MS = 400;

/** What the engine says to an expression, for the queue with this SID or for a new one (null). */
export function useTrial(text, queue) {
  return useAnswer({ question: "expression", expression: text, queue }, TYPING_MS);
}

/** `text` is the expression, `type(text)` changes it, `trial` is what `useTrial` returned. */
export function ExpressionTrial({ text, type, trial, edited }) {
  const id = useId();
  const area = useRef();
  const error = trial?.error;
  const showPlace = () => {
    const at = offsetOf(text, error);
    area.current.focus();
    area.current.setSelectionRange(at, at + 1);
  };
  return html`
    <div class="tr-labelled">
      <div class="tr-labelled-head">
        <label for=${id}>Expression ${edited && html`<span class="tr-queue-edited">edited</span>`}</label>
        <span class="tr-soft">which Workers serve this queue</span>
      </div>
      <textarea
        id=${id}
        ref=${area}
        class="tr-input"
        rows="2"
        dir="ltr"
        spellcheck=${false}
        autocapitalize="off"
        autocomplete="off"
        maxlength="8192"
        aria-invalid=${error ? "true" : undefined}
        aria-describedby=${`${id}-error`}
        value=${text}
        onInput=${({ target }) => type(target.value)}
      ></textarea>
      <div class="tr-labelled-error" id=${`${id}-error`} aria-live="polite">
        ${error && html`<${Mistake} error=${error} showPlace=${showPlace} />`}
      </div>
      ${trial?.names && html`<${ExpressionKeys} names=${trial.names} operators=${trial.operators} area=${area} />`}
    </div>
    ${trial?.verdict && html`<${Verdict} trial=${trial} />`}
    ${trial?.rows?.length > 0 && html`<${TruthTable} trial=${trial} />`}
  `;
}

function Mistake({ error, showPlace }) {
  const { message, hint, line, column } = error;
  const place = line > 1 ? `line ${line}, column ${column}` : `column ${column}`;
  return html`<${Glyph} name="cross" /> <code class="tr-mono">${message}</code> ${hint}${" "}
    ${column && html`<button type="button" class="tr-expression-place" onClick=${showPlace}>Go to ${place}</button>`}`;
}

function Verdict({ trial }) {
  const nobody = trial.rows.length > 0 && !trial.rows.some(({ joined }) => joined);
  return html`<${Note} tone=${nobody ? "wait" : "good"} role="status">
    <${Sentence} parts=${trial.parts} />
    ${trial.effects.map(
      (effect) =>
        html`<p key=${effect.sid}><${Glyph} name="reserved" /> When you save: <${Sentence} parts=${effect.parts} /></p>`,
    )}
    ${trial.notes.map((note) => html`<p key=${note}>${note}</p>`)}
    ${trial.partial && html`<p>${trial.partial}</p>`}
  <//>`;
}

/** The offset of line and column, both from 1. */
function offsetOf(text, { line, column }) {
  const before = text.split("\n").slice(0, line - 1);
  return (
    before.reduce((sum, each) => sum + each.length + 1, 0) +
    [...text.split("\n")[line - 1]].slice(0, column - 1).join("").length
  );
}
