// HTTP exchanges on their own: what the listener received, or what the SDK sent.

import { widget } from "../cell/widget.js";
import { Outcome } from "../telling/outcome.js";
import { Panes } from "../telling/panes.js";
import { Sentence } from "../telling/sentences.js";
import { html } from "../vendor/preact.js";

export default widget(Exchanges);

function Exchanges({ state, outcome, ask }) {
  const { single, title, total, doubts = [], entries, empty } = state;
  return html`${!single && html`<h3>${title} (${total})</h3>`}
    ${doubts.map((text) => html`<${Sentence} key=${text} text=${text} />`)}
    ${entries.length ? html`<${Panes} ...${state} ask=${ask} />` : html`<p class="tr-nothing">${empty}</p>`}
    <${Outcome} outcome=${outcome} />`;
}
