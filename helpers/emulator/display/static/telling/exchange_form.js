// A form over a request's parameters: change, add or take away some, then let it arrive once more.

import { Button } from "../components/button.js";
import { html, useEffect, useRef, useState } from "../vendor/preact.js";

/** `send(changes)` gets what was changed, null for what was taken away; `close()` is called when nothing is wanted. */
export function ExchangeForm({ pairs, send, close }) {
  const [given] = useState(pairs); // as they were when the form was opened
  const [values, setValues] = useState(given.map(([, value]) => value));
  const [added, setAdded] = useState(["", ""]);
  const form = useRef();
  useEffect(() => form.current.querySelector("input, textarea").focus({ preventScroll: true }), []);
  const set = (place, value) => setValues(values.with(place, value));
  const submit = (event) => {
    event.preventDefault();
    const changes = given
      .map(([name], place) => [name, values[place]])
      .filter(([, value], place) => value !== given[place][1]);
    send(Object.fromEntries([...changes, ...(added[0] ? [added] : [])]));
  };
  const onKeyDown = (event) => event.key === "Enter" && event.target.tagName === "INPUT" && submit(event); // where the page keeps Enter from the browser
  return html`<form class="tr-edit" aria-label="Replay with changes" ref=${form} onSubmit=${submit} onKeyDown=${onKeyDown}>
    <div class="tr-fields">
      ${given.map(([name, value], place) => html`<${Parameter} key=${place} name=${name} before=${value} value=${values[place]} set=${(next) => set(place, next)} />`)}
      <div class="tr-field">
        <input aria-label="Name of a new parameter" placeholder="Name" autocomplete="off" value=${added[0]} onInput=${({ target }) => setAdded([target.value, added[1]])} />
        <input aria-label="Value of the new parameter" placeholder="new parameter" autocomplete="off" value=${added[1]} onInput=${({ target }) => setAdded([added[0], target.value])} />
      </div>
    </div>
    <div class="tr-button-row">
      <button class="tr-button" data-kind="main">Send</button>
      <${Button} onClick=${close}>Cancel<//>
    </div>
  </form>`;
}

function Parameter({ name, before, value, set }) {
  const [kept, keep] = useState(before);
  const isGone = value === null;
  const attributes = {
    "aria-label": name,
    spellcheck: "false",
    autocomplete: "off",
    disabled: isGone,
    value: isGone ? kept : value,
  };
  const onInput = ({ target }) => {
    keep(target.value);
    set(target.value);
  };
  const lines = before.split("\n").length;
  return html`<div class="tr-field">
    <span class="tr-mono"><bdi>${name}</bdi></span>
    ${lines > 1 ? html`<textarea ...${attributes} rows=${Math.min(lines, 6)} onInput=${onInput}></textarea>` : html`<input ...${attributes} onInput=${onInput} />`}
    <button type="button" class="tr-button" aria-label=${`Take ${name} away`} aria-pressed=${isGone ? "true" : "false"} onClick=${() => set(isGone ? kept : null)}>Remove</button>
  </div>`;
}
