// Names, values and operators of expressions, as buttons that write them where the cursor is.

import { replaceText } from "../../code/typing.js";
import { html } from "../../vendor/preact.js";

/** `names` are {name, values} of the Workers' attributes; `area` is the ref of the textarea. */
export function ExpressionKeys({ names, operators, area }) {
  const write = (word) => {
    const { value, selectionStart: start, selectionEnd: end } = area.current;
    const before = start && !/[\s([]$/.test(value.slice(0, start)) ? " " : "";
    const after = /^[\s)\],]/.test(value.slice(end)) || end === value.length ? "" : " ";
    replaceText(area.current, { start, end, text: `${before}${word}${after}` });
  };
  const key = (word, index) =>
    html`<button type="button" key=${index} class="tr-chip tr-mono" onClick=${() => write(word)}><bdi>${word}</bdi></button>`;
  return html`<div class="tr-expression-keys">
    ${names.map(
      ({ name, values }) =>
        html`<span key=${name} class="tr-expression-group" role="group" aria-label=${`${name} and its values`}>${[name, ...values].map(key)}</span>`,
    )}
    <span class="tr-expression-group" role="group" aria-label="Operators">${operators.map(key)}</span>
  </div>`;
}
