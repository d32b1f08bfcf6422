// JSON as it is typed: a textarea, in which the browser's own undo, selection and keys work, over the same text in colours.

import { JsonLines } from "../code/json_lines.js";
import { JsonSuggestions } from "../code/json_suggestions.js";
import { compact, lengthOf, problemOf } from "../code/json_text.js";
import { indentLine } from "../code/typing.js";
import { useId } from "../hooks/ids.js";
import { Glyph } from "../marks/glyph.js";
import { html, useEffect, useRef, useState } from "../vendor/preact.js";

const SETTLED_MS = 400; // after the last key: whoever types knows that it isn't finished
const COUNTED_FROM = 0.85; // of the limit
const LONGEST = 65536; // characters that are taken in at all, unless more may be sent

/**
 * `value` is the text, `onChange(text)` is told the next one. `label` names it; `mark` and `tools` stand beside it. `limit` is
 * how many characters may be sent, without white space between the parts. `error` is what else is wrong; what is wrong with
 * the JSON or its length is said here. `suggestions` are what JsonSuggestions takes.
 */
export function JsonEditor({ value, onChange, error, label, mark, tools, limit, suggestions, autofocus }) {
  const id = useId();
  const area = useRef();
  const [refused, setRefused] = useState("");
  const problem = problemOf(value);
  const [shown, show] = useShown(problem !== null, value);
  const count = limit === undefined ? 0 : lengthOf(compact(value));
  const words = refused || (shown && problem.words) || tooLong(count, limit) || error || "";
  const type = (text) => {
    setRefused("");
    onChange(text);
  };
  const paste = (event) => {
    const length = lengthOf(event.clipboardData?.getData("text") ?? "");
    if (length <= Math.max(LONGEST, limit ?? 0)) return;
    event.preventDefault();
    setRefused(`Nothing was pasted: ${written(length)} characters are too many.`);
  };
  return html`<div class="tr-json-editor">
    <div class="tr-json-head">
      <label for=${id}>${label}</label>${mark}
      <span class="tr-json-count tr-figures" id=${`${id}-count`} data-over=${count > limit ? "" : undefined}>
        ${count >= limit * COUNTED_FROM && `${written(count)} of ${written(limit)} characters`}
      </span>
      ${tools}
    </div>
    <div class="tr-json-frame" data-bad=${words ? "" : undefined}>
      <${JsonLines} text=${value} bad=${shown ? problem.line : null} />
      <textarea
        id=${id}
        ref=${area}
        value=${value}
        dir="ltr"
        rows="1"
        spellcheck=${false}
        autocapitalize="off"
        autocomplete="off"
        autofocus=${autofocus}
        aria-invalid=${words ? "true" : undefined}
        aria-describedby=${`${id}-words ${id}-count`}
        onInput=${(event) => type(event.target.value)}
        onBlur=${show}
        onPaste=${paste}
        onKeyDown=${indentLine}
      ></textarea>
    </div>
    <p class="tr-labelled-error" id=${`${id}-words`} aria-live="polite">${words && html`<${Glyph} name="cross" /> ${words}`}</p>
    ${suggestions?.reads.length > 0 && html`<${JsonSuggestions} ...${suggestions} value=${value} area=${area} />`}
  </div>`;
}

/** True once a problem has stayed for a while, until it is mended; and a function that shows it now. */
function useShown(isProblem, value) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!isProblem) setShown(false);
    else if (!shown) {
      const timer = setTimeout(setShown, SETTLED_MS, true);
      return () => clearTimeout(timer);
    }
  }, [isProblem, shown, value]);
  return [isProblem && shown, () => setShown(isProblem)];
}

function tooLong(count, limit) {
  return count > limit ? `TaskRouter takes ${written(limit)} characters. Take ${written(count - limit)} away.` : "";
}

function written(number) {
  return number.toLocaleString("en-US");
}
