// What stands where a page is not drawn yet: what it would list, as text.

import { Page } from "../components/page.js";
import { useRoute } from "../core/router.js";
import { useStore } from "../core/store.js";
import { html } from "../vendor/preact.js";

/** A page without a view: the SID in its address, and the records of its kind. */
export function Placeholder({ page }) {
  const { sid } = useRoute();
  const records = useStore((state) => state.records[page.name]);
  return html`<${Page} title=${page.title}><pre tabindex="0">${sid} ${JSON.stringify(records, null, 2)}</pre></${Page}>`;
}
