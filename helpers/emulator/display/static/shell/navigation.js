// The way to the pages: at the side where there is room, else as tabs below the header.

import { Link, useRoute } from "../core/router.js";
import { useStore } from "../core/store.js";
import { Glyph } from "../marks/glyph.js";
import { html } from "../vendor/preact.js";

/** All pages in their groups, with their counts, and below them whatever `children` are. */
export function SideNavigation({ pages, workspace, children }) {
  const groups = [...new Set(pages.map(({ group }) => group))];
  return html`<nav class="tr-side" aria-label="Pages">
    ${groups.map(
      (group) => html`<div class="tr-side-group" key=${group}>
        ${group && html`<p>${group}</p>`}
        <ul>
          ${pages
            .filter((page) => page.group === group)
            .map((page) => html`<li key=${page.name}><${Entry} page=${page} workspace=${workspace} glyph /></li>`)}
        </ul>
      </div>`,
    )}
    ${children}
  </nav>`;
}

/** All pages in one line that scrolls. */
export function TabNavigation({ pages, workspace }) {
  return html`<nav class="tr-tabbar" aria-label="Pages">
    <ul>
      ${pages.map((page) => html`<li key=${page.name}><${Entry} page=${page} workspace=${workspace} /></li>`)}
    </ul>
  </nav>`;
}

function Entry({ page, workspace, glyph }) {
  const here = useRoute();
  const count = useStore((state) => page.count?.(state));
  const to = { page: page.name, workspace: page.wide ? null : workspace };
  return html`<${Link} to=${to} class="tr-entry" aria-current=${here.page === page.name ? "page" : undefined}>
    ${glyph && html`<${Glyph} name=${page.name} />`}
    <span>${page.title}</span>
    ${count === undefined ? null : html`<span class="tr-count tr-figures">${count}</span>`}
  </${Link}>`;
}
