// Sentences and tables, one below the other: what was found, and the facts behind it.

import { widget } from "../cell/widget.js";
import { Rows } from "../telling/rows.js";
import { Sentence, Sentences } from "../telling/sentences.js";
import { html } from "../vendor/preact.js";

export default widget(Page);

function Page({ state: { lead, rest } }) {
  return html`<${Sentences} texts=${lead} />
    ${rest.map((block) => (block.rows ? html`<section class="tr-part"><${Rows} ...${block} /></section>` : html`<${Sentence} text=${block.text} />`))}`;
}
