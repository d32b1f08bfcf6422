// A Workflow as a tree: filters from top to bottom, the targets of each, and what comes after the last. The way taken is
// in the accent and thick; each verdict is a word.

import { Glyph } from "../../marks/glyph.js";
import { Json } from "../../marks/json.js";
import { Name } from "../../marks/name.js";
import { html } from "../../vendor/preact.js";

const GLYPHS = { matches: "tick", "doesn't match": "cross", "not evaluated": "minus" };

/**
 * `tree` is the answer to `workflow`; `attributes` the text that was tried, or undefined. `QueueLink` draws the name of a
 * `queue` as a link to it; without one it is a name.
 */
export function RoutingTree({ tree, attributes, QueueLink = QueueName }) {
  const { filters, more_filters, default_way } = tree;
  return html`<div class="tr-tree">
    <div class="tr-tree-box tr-tree-root">
      <span class="tr-soft">Task</span>
      ${attributes === undefined ? html`<span class="tr-soft">with any attributes</span>` : html`<${Json} text=${attributes} />`}
    </div>
    <ol>
      ${filters.map((filter) => html`<${Filter} key=${filter.number} filter=${filter} QueueLink=${QueueLink} />`)}
      ${more_filters > 0 && html`<li class="tr-soft">${more_filters.toLocaleString("en")} more filters aren't shown.</li>`}
      <${DefaultFilter} tree=${tree} QueueLink=${QueueLink} tried=${attributes !== undefined} way=${attributes !== undefined && default_way} />
    </ol>
  </div>`;
}

function Filter({ filter, QueueLink }) {
  const { number, name, expression, verdict, why, way, targets, more_targets, end } = filter;
  return html`<li data-way=${way ? "" : undefined} data-verdict=${verdict || undefined}>
    <div class="tr-tree-box">
      <div class="tr-tree-head">
        <span class="tr-tree-number">${number}</span>
        <h2>${name ? html`<${Name} text=${name} />` : `Filter ${number}`}</h2>
        ${verdict && html`<span class="tr-tree-verdict"><${Glyph} name=${GLYPHS[verdict]} /> ${verdict}</span>`}
      </div>
      <code class="tr-mono"><bdi>${expression}</bdi></code>
      ${why && html`<p class="tr-soft">${why}</p>`}
    </div>
    <ol>
      ${targets.map((target) => html`<${Target} key=${target.number} target=${target} QueueLink=${QueueLink} end=${target.number === target.of ? end : []} />`)}
      ${more_targets > 0 && html`<li class="tr-soft">${more_targets} more targets aren't shown.</li>`}
    </ol>
  </li>`;
}

function Target({ target, end, QueueLink }) {
  return html`<li data-way=${target.way ? "" : undefined}>
    <div class="tr-tree-box">
      <span class="tr-soft">Target ${target.number} of ${target.of}</span>
      <${Queue} queue=${target} QueueLink=${QueueLink} />
      ${target.conditions.map((condition) => html`<div key=${condition} class="tr-soft">${condition}</div>`)}
    </div>
    <ol class="tr-tree-ends">
      ${[target.wait, ...end].filter(Boolean).map((words) => html`<li key=${words}><div class="tr-tree-box tr-tree-end"><${Glyph} name="clock" /> ${words}</div></li>`)}
    </ol>
  </li>`;
}

function DefaultFilter({ tree, tried, way, QueueLink }) {
  if (tree.default)
    return html`<li data-way=${way ? "" : undefined}>
      <div class="tr-tree-box">
        <div class="tr-tree-head"><h2>Default filter${tree.default.name && html`: <${Name} text=${tree.default.name} />`}</h2></div>
        <${Queue} queue=${tree.default.target} QueueLink=${QueueLink} />
        <p class="tr-soft">for a Task that matches no filter</p>
      </div>
    </li>`;
  return html`<li data-way=${way ? "" : undefined} data-end=${tried && way ? "" : undefined}>
    <div class="tr-tree-box tr-tree-none">
      <h2>No default filter</h2>
      <p class="tr-soft">A Task that matches no filter is canceled at once.</p>
    </div>
  </li>`;
}

function Queue({ queue, QueueLink }) {
  return html`
    <b>${queue.name ? html`<${QueueLink} queue=${queue} />` : html`<span class="tr-mono">${queue.queue_sid}</span>`}</b>
    ${queue.expression && html`<code class="tr-mono tr-soft"><bdi>${queue.expression}</bdi></code>`}
    ${queue.members && html`<div class="tr-soft">${queue.members}</div>`}
  `;
}

function QueueName({ queue }) {
  return html`<${Name} text=${queue.name} />`;
}
