// The way to the pages: at the side where there is room, else as tabs below the header.

import { Menu } from "../components/menu.js";
import { go, Link, useRoute } from "../core/router.js";
import { useStore } from "../core/store.js";
import { Glyph } from "../marks/glyph.js";
import { html } from "../vendor/preact.js";

const DOCKED = ["board", "tasks", "workers", "requests"]; // where there is no room for all

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

/** The pages in one line; docked, the ones less used are in a menu at its end, which bears the name of the one shown. */
export function TabNavigation({ pages, workspace, width }) {
  const docked = width === "docked";
  const shown = docked ? pages.filter(({ name }) => DOCKED.includes(name)) : pages;
  const rest = pages.filter((page) => !shown.includes(page));
  return html`<nav class="tr-tabbar" aria-label="Pages">
    <ul>
      ${shown.map((page) => html`<li key=${page.name}><${Entry} page=${page} workspace=${workspace} /></li>`)}
      ${docked && html`<${More} key="more" pages=${rest} workspace=${workspace} />`}
    </ul>
  </nav>`;
}

function More({ pages, workspace }) {
  const here = useRoute();
  const current = pages.find(({ name }) => name === here.page);
  const items = pages.map((page) => ({
    key: page.name,
    text: page.title,
    checked: page === current,
    choose: () => go(addressOf(page, workspace)),
  }));
  return html`<li class="tr-more" data-current=${current ? "" : undefined}>
    <${Menu} kind="quiet" button=${current?.title ?? "More"} label=${current && "More"} items=${items} />
  </li>`;
}

function Entry({ page, workspace, glyph }) {
  const here = useRoute();
  const known = useStore((state) => state.boot !== null);
  const count = useStore((state) => page.count?.(state));
  return html`<${Link}
    to=${addressOf(page, workspace)}
    class="tr-entry"
    aria-current=${here.page === page.name ? "page" : undefined}
  >
    ${glyph && html`<${Glyph} name=${page.name} />`}
    <span>${page.title}</span>
    ${page.count && html`<span class="tr-count tr-figures">${known && count}</span>`}
  </${Link}>`;
}

function addressOf(page, workspace) {
  return { page: page.name, workspace: page.wide ? null : workspace };
}
