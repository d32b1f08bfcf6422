// A page: its title and actions, the list, and the thing beside it. Where there is no room for both, the thing is the page.

import { html } from "../vendor/preact.js";

/** `count` stands beside the title; `beside` is a Drawer or nothing; `actions` stand at the right of the title. */
export function Page({ title, count, actions, beside, children }) {
  return html`<div class="tr-page" data-beside=${beside ? "" : undefined}>
    <div class="tr-page-list">
      <header class="tr-page-head">
        <h1 tabindex="-1">${title}</h1>
        ${count === undefined ? null : html`<span class="tr-page-count tr-figures">${count.toLocaleString("en-US")}</span>`}
        <div class="tr-page-actions">${actions}</div>
      </header>
      ${children}
    </div>
    ${beside}
  </div>`;
}
