// The field that filters a list. What is typed stands in the address, so that it survives a reload and can be linked to.

import { go, useRoute } from "../core/router.js";
import { Glyph } from "../marks/glyph.js";
import { html } from "../vendor/preact.js";

/** `label` says what it does, such as "Filter Workers"; the text is `q` of the route's query. */
export function FilterField({ label }) {
  const here = useRoute();
  const type = ({ target }) => go({ ...here, query: { ...here.query, q: target.value } }, { replace: true });
  const leave = (event) => {
    if (event.key === "ArrowDown" && focusActiveRow(event.target)) event.preventDefault();
  };
  return html`<label class="tr-filter">
    <${Glyph} name="search" />
    <span class="tr-spoken">${label}</span>
    <input
      type="search"
      placeholder=${label}
      spellcheck=${false}
      autocomplete="off"
      aria-keyshortcuts="/"
      value=${here.query.q ?? ""}
      onInput=${type}
      onKeyDown=${leave}
    />
    <kbd aria-hidden="true">/</kbd>
  </label>`;
}

/** Go on to the list of the page that the field stands in; false if it is empty. */
function focusActiveRow(field) {
  const row = field.closest(".tr-page-list")?.querySelector("tbody > tr[tabindex='0']");
  row?.focus();
  return Boolean(row);
}
