// The field that filters the list of Tasks. What is typed stands in the page's address.

import { go } from "../../core/router.js";
import { Glyph } from "../../marks/glyph.js";
import { html } from "../../vendor/preact.js";

/** `place` is the route, whose query has the text as `q`. */
export function TaskFilter({ place }) {
  const type = ({ target }) => go({ ...place, query: { ...place.query, q: target.value } }, { replace: true });
  return html`
    <label class="tr-find">
      <${Glyph} name="search" />
      <span class="tr-spoken">Filter Tasks</span>
      <input
        type="search"
        placeholder="Filter Tasks"
        aria-keyshortcuts="/"
        spellcheck="false"
        autocomplete="off"
        value=${place.query.q ?? ""}
        onInput=${type}
      />
      <kbd aria-hidden="true">/</kbd>
    </label>
  `;
}
