// What follows from a change, before it is made: the engine tries it on a copy.

import { Link, useRoute } from "../../core/router.js";
import { useAnswer } from "../../hooks/answers.js";
import { Glyph } from "../../marks/glyph.js";
import { Sentence } from "../../marks/sentence.js";
import { html } from "../../vendor/preact.js";
import { placeOf } from "../places.js";

const WAIT_MS = 250; // after the last key
const SIGNS = {
  "+": { glyph: "plus", tone: "good", says: "New: " },
  "-": { glyph: "minus", tone: "bad", says: "Ends: " },
  "=": { glyph: "minus", tone: "done", says: "" },
  now: { glyph: "reserved", tone: "offer", says: "At once: " },
};

/** `question` is asked of the engine; null where nothing is changed, or nothing can be tried. `idle` is said then. */
export function Effects({ title = "When you save", question, idle }) {
  const answer = useAnswer(question, WAIT_MS);
  return html`<section class="tr-effects" aria-live="polite">
    <h2>${title}</h2>
    ${content(question, answer, idle)}
  </section>`;
}

function content(question, answer, idle) {
  if (!question) return html`<p class="tr-soft">${idle ?? "Mend the JSON to see what follows."}</p>`;
  if (!answer) return html`<p class="tr-soft">Testing this on a copy…</p>`;
  if (!answer.effects)
    return html`<p class="tr-soft">${answer.error?.message ?? "This can't be tried here."} ${answer.error?.hint}</p>`;
  return html`<ul>${answer.effects.map((each, place) => html`<${Effect} key=${place} effect=${each} />`)}</ul>
    ${answer.partial && html`<p class="tr-soft">${answer.partial}</p>`}`;
}

function Effect({ effect }) {
  const here = useRoute();
  const { sign, parts, detail, sid } = effect;
  const { glyph, tone, says } = SIGNS[sign] ?? SIGNS["="];
  const to = placeOf(sid, here.workspace);
  const words = html`<${Sentence} parts=${parts} />`;
  return html`<li data-tone=${tone}>
    <${Glyph} name=${glyph} />
    <div>
      <span class="tr-spoken">${says}</span>
      ${to ? html`<${Link} to=${to}>${words}</${Link}>` : words}
      ${detail && html`<div class="tr-mono tr-soft"><bdi>${detail}</bdi></div>`}
    </div>
  </li>`;
}
