// The thing beside the list. It isn't modal; where there is no room for both, it is the page.

import { hostKind } from "../core/hosts/host.js";
import { Link, useRoute } from "../core/router.js";
import { headingWanted } from "../hooks/focus.js";
import { useId } from "../hooks/ids.js";
import { useWidth } from "../hooks/width.js";
import { Glyph } from "../marks/glyph.js";
import { html, useLayoutEffect, useRef } from "../vendor/preact.js";

/**
 * `above` stands over the title, such as a status and a SID; `foot` at the end, such as buttons; `close` goes back to the
 * list. `asPage={false}` is for what has no use for the whole page.
 */
export function Drawer({ title, close, asPage = true, above, children, foot }) {
  const id = useId();
  const heading = useRef();
  const here = useRoute();
  const width = useWidth();
  const alone = here.query.as === "page" || !["side", "middle"].includes(width);
  const Heading = alone ? "h1" : "h2";
  useLayoutEffect(() => {
    if (headingWanted() || alone) heading.current.focus({ preventScroll: true });
  }, []);
  return html`<aside class="tr-drawer" aria-labelledby=${id} data-alone=${alone ? "" : undefined}>
    <header class="tr-drawer-head">
      <div class="tr-drawer-above">
        ${alone && html`<button type="button" class="tr-button" data-kind="quiet" data-close onClick=${close}><${Glyph} name="back" /><span>Back</span></button>`}
        ${above}
        <span class="tr-drawer-space"></span>
        ${!alone && asPage && hostKind() === "page" && html`<${Link} class="tr-drawer-page" to=${{ ...here, query: { ...here.query, as: "page" } }}>Open as page</${Link}>`}
        ${!alone && html`<button type="button" class="tr-icon" data-close aria-label="Close" onClick=${close}><${Glyph} name="close" /></button>`}
      </div>
      <${Heading} id=${id} ref=${heading} tabindex="-1">${title}</${Heading}>
    </header>
    <div class="tr-drawer-body">${children}</div>
    ${foot && html`<footer class="tr-drawer-foot">${foot}</footer>`}
  </aside>`;
}
