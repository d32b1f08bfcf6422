// The expression playground: what is typed is tried in Python, by the emulator's own rules, and comes back as a table.

import { widget } from "../cell/widget.js";
import { useId } from "../hooks/ids.js";
import { Sentences } from "../telling/sentences.js";
import { Truths } from "../telling/truths.js";
import { html, useEffect, useRef, useState } from "../vendor/preact.js";

const PAUSE_MS = 120; // between two keys of somebody typing

export default widget(Playground);

function Playground({ state, outcome, ask }) {
  const id = useId();
  const field = useTried(state.expression, ask);
  const isWaiting = field.isBusy && outcome.id === undefined; // a word about waiting answers no click
  const said = (isWaiting ? outcome.text : field.answer?.text) ?? state.sentences[0];
  const tone = isWaiting ? "wait" : field.answer?.done === false ? "bad" : state.tone;
  return html`<label for=${id}>Expression, as ${state.place}</label>
    <textarea
      id=${id}
      class="tr-expression tr-mono"
      rows="2"
      spellcheck="false"
      autocapitalize="off"
      autocomplete="off"
      aria-describedby=${`${id}-said ${id}-where`}
      aria-invalid=${String(Boolean(state.caret))}
      value=${field.value}
      onInput=${field.type}
      onBlur=${field.leave}
    ></textarea>
    <p id=${`${id}-said`} class="tr-said" role="status" data-tone=${tone}>${said}</p>
    <pre id=${`${id}-where`} class="tr-where">${state.caret}</pre>
    <div aria-busy=${field.isBusy ? "true" : undefined}>
      <${Sentences} texts=${state.sentences.slice(1)} />
      ${state.rows && html`<${Truths} ...${state} />`}
    </div>
    ${field.answer?.code && html`<div class="tr-outcome"><code class="tr-mono"># the same in code: ${field.answer.code}</code></div>`}`;
}

/**
 * What stands in the field: what is typed, never changed under the fingers of who types nor before it was tried; else the
 * expression that is shown. One text at a time is tried, and of those typed meanwhile only the last.
 */
function useTried(expression, ask) {
  const [typed, setTyped] = useState(null);
  const [answer, setAnswer] = useState(null);
  const [isBusy, setBusy] = useState(false);
  const now = useRef({ pause: 0, wanted: null, isTrying: false });
  useEffect(() => () => clearTimeout(now.current.pause), []);
  async function tryLatest() {
    const { current } = now;
    if (current.isTrying) return;
    current.isTrying = true;
    setBusy(true);
    while (current.wanted !== null) {
      const text = current.wanted;
      current.wanted = null;
      setAnswer(await ask({ action: "try", expression: text }));
    }
    current.isTrying = false;
    setBusy(false);
  }
  const type = ({ target }) => {
    setTyped(target.value);
    now.current.wanted = target.value;
    clearTimeout(now.current.pause);
    now.current.pause = setTimeout(tryLatest, PAUSE_MS);
  };
  const leave = () => !now.current.isTrying && now.current.wanted === null && setTyped(null);
  return { value: typed ?? expression, answer, isBusy, type, leave };
}
