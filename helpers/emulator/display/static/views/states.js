// The states of one Task, one below the other: when each began, how long it lasted, and why it began.

import { widget } from "../cell/widget.js";
import { html } from "../vendor/preact.js";

export default widget(({ state }) => html`<${States} ...${state} />`);

function States({ title, states, sentences }) {
  return html`<section class="tr-states" aria-label=${title}>
    <h3>${title}</h3>
    <ol>
      ${states.map((each, place) => html`<${State} key=${place} ...${each} />`)}
    </ol>
    ${sentences.map((text) => html`<p>${text}</p>`)}
  </section>`;
}

function State({ when, state, length, queue, workers, why, share }) {
  const where = [workers, queue].filter(Boolean);
  return html`<li data-state=${state}>
    <time>${when}</time>
    <div class="tr-state-line">
      <strong>${state}</strong>${length && html` <span class="tr-soft">${length === "goes on" ? length : `for ${length}`}</span>`}
      ${share > 0 && html`<div class="tr-share" aria-hidden="true"><i style=${{ width: `${share * 100}%` }}></i></div>`}
      <p><bdi>${why}</bdi></p>
      <p class="tr-soft">${where.map((name, place) => html`${place > 0 && " · "}<bdi>${name}</bdi>`)}</p>
    </div>
  </li>`;
}
