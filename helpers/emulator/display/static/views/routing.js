// A Workflow as a tree, and the way of one Task through it.

import { widget } from "../cell/widget.js";
import { RoutingTree } from "../pages/workflows/routing_tree.js";
import { html } from "../vendor/preact.js";

export default widget(({ state }) => html`<${Routing} ...${state} />`);

function Routing({ title, tree, attributes, sentences }) {
  return html`<section class="tr-routing-view" aria-label=${title}>
    <h3>${title}</h3>
    <${RoutingTree} tree=${tree} attributes=${attributes} />
    ${sentences.map((text) => html`<p>${text}</p>`)}
  </section>`;
}
