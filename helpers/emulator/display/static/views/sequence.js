// Requests, callbacks and replies in their order: each an arrow from one participant's line to another's.

import { widget } from "../cell/widget.js";
import { html } from "../vendor/preact.js";

const REQUEST_LINE = /^[A-Z]+ …?\//;

export default widget(({ state }) => html`<${Sequence} ...${state} />`);

function Sequence({ title, participants, arrows, notes }) {
  return html`<figure class="tr-sequence" style=${{ "--tr-lanes": participants.length }} aria-label=${title}>
    <div class="tr-participants" aria-hidden="true">${participants.map((name) => html`<strong>${name}</strong>`)}</div>
    <ol>
      ${arrows.map((arrow) => html`<${Arrow} key=${arrow.number} ...${arrow} participants=${participants} />`)}
    </ol>
    ${notes.length > 0 && html`<figcaption>${notes.join(" ")}</figcaption>`}
  </figure>`;
}

function Arrow({ number, from, to, lines, answer, participants }) {
  const [start, end] = [participants.indexOf(from), participants.indexOf(to)];
  const [first, last] = [Math.min(start, end), Math.max(start, end)];
  const place = { gridColumn: `${first + 1} / ${last + 2}`, "--tr-span": last - first + 1 };
  const way = start === end ? "stays" : start < end ? "right" : "left";
  return html`<li value=${number} data-way=${way} data-answer=${String(answer)}>
    ${participants.map((_, lane) => html`<i aria-hidden="true" style=${{ gridColumn: lane + 1 }}></i>`)}
    <div class="tr-arrow" style=${place}>
      <span class="tr-ends">${start === end ? from : `${from} → ${to}`}: </span>
      <span class="tr-arrow-number" aria-hidden="true">${number}</span>
      ${lines.map((line) => html`<span class=${REQUEST_LINE.test(line) ? "tr-line tr-mono" : "tr-line"}><bdi>${line}</bdi></span>`)}
    </div>
  </li>`;
}
