// An explanation: what is so, the smallest change with a button that makes it, and the facts behind it.

import { widget } from "../cell/widget.js";
import { Button } from "../components/button.js";
import { CopyButton } from "../telling/copy_button.js";
import { Outcome } from "../telling/outcome.js";
import { marked, Sentence } from "../telling/sentences.js";
import { html, useState } from "../vendor/preact.js";

export default widget(Explanation);

function Explanation({ state, outcome, ask }) {
  const [isAsked, set] = useState(false);
  const apply = async () => {
    set(true);
    await ask({ action: "apply" });
    set(false);
  };
  return html`<div class="tr-sentences tr-verdict" data-tone=${state.tone}>
      ${state.lead.map(({ text, strong }) => html`<p data-next=${strong ? "" : undefined}>${marked(text)}</p>`)}
    </div>
    <${Outcome} outcome=${outcome} />
    <div class="tr-ways">
      ${state.ways.map((way, place) => html`<${Way} key=${way.code} ...${way} apply=${place === 0 && apply} isAsked=${isAsked} />`)}
    </div>
    <div class="tr-explained">${state.facts.map((fact) => html`<${Fact} ...${fact} />`)}</div>`;
}

function Way({ title, code, apply, isAsked }) {
  return html`<section class="tr-way">
    <${Sentence} text=${title} />
    <pre class="tr-mono" tabindex="0" aria-label="The same as SDK code">${code}</pre>
    <div class="tr-button-row">
      ${apply && html`<${Button} kind="main" disabled=${isAsked} why="Waiting for an answer." onClick=${apply}>Apply this change<//>`}
      <${CopyButton} name=${`the code: ${title}`} text=${code} />
    </div>
  </section>`;
}

function Fact({ title, pairs, text, empty }) {
  if (title === undefined) return html`<${Sentence} text=${text} />`;
  if (pairs === undefined) return html`<section><h3>${title}</h3><pre>${text}</pre></section>`;
  if (!pairs.length) return html`<${Sentence} text=${`${title}: ${empty}`} />`;
  return html`<section>
    <h3>${title}</h3>
    <table aria-label=${title}>
      <tbody>
        ${pairs.map(([name, value]) => html`<tr><th scope="row"><bdi>${name}</bdi></th><td>${value.split("\n").map(line)}</td></tr>`)}
      </tbody>
    </table>
  </section>`;
}

/** One line of a value; the colour of a mark says again what the mark says. */
function line(text) {
  const tone = { "✓": "good", "✗": "bad" }[text.trim()[0]];
  return html`<div class="tr-line" data-tone=${tone}><bdi>${text}</bdi></div>`;
}
