// A plot, handed over as SVG, with what it shows in words and in a table.

import { widget } from "../cell/widget.js";
import { Rows } from "../telling/rows.js";
import { Sentences } from "../telling/sentences.js";
import { html } from "../vendor/preact.js";

export default widget(({ state }) => html`<${Plot} ...${state} />`);

function Plot({ title, svg, sentences, table }) {
  return html`<figure class="tr-plot" aria-label=${title}>
    <h3>${title}</h3>
    <div dangerouslySetInnerHTML=${{ __html: svg }}></div>
    <figcaption><${Sentences} texts=${sentences} /></figcaption>
    <details>
      <summary>The numbers</summary>
      <${Rows} ...${table} />
    </details>
  </figure>`;
}
