// The page of Requests: each API request and each callback that was sent, with cause and effect; one of them beside the list.

import { Button } from "../../components/button.js";
import { Page } from "../../components/page.js";
import { Segments } from "../../components/segments.js";
import { go, useRoute } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { FilterField } from "../../lists/filter_field.js";
import { html, useMemo } from "../../vendor/preact.js";
import { RequestDrawer } from "./request_drawer.js";
import { RequestList } from "./request_list.js";
import { listRequests } from "./request_words.js";
import { useStill } from "./still_list.js";

/** `/requests?kind=callback&q=…` and `/requests/41/reply`. */
export function RequestsPage({ page }) {
  const here = useRoute();
  const known = useStore((state) => state.requests);
  const still = useStill(known);
  const { query } = here;
  const counts = useMemo(() => Map.groupBy(still.requests, ({ kind }) => kind), [still.requests]);
  const rows = useMemo(() => listRequests(still.requests, query), [still.requests, query.kind, query.q]);
  const ask = (more) => go({ ...here, query: { ...query, ...more } }, { replace: true });
  const list = { ...here, sid: null, tab: null, query: { ...query, as: null } };
  const shown = known.find(({ number }) => String(number) === here.sid);
  const beside =
    here.sid &&
    html`<${RequestDrawer} key=${here.sid} number=${here.sid} summary=${shown} tab=${here.tab} close=${() => go(list)} />`;
  const actions = html`<${Button} kind="quiet" aria-pressed=${still.isPaused ? "true" : "false"} onClick=${still.pause}
      >${still.isPaused ? `Go on${still.waiting ? ` (${still.waiting} new)` : ""}` : "Pause"}</${Button}
    >
    <${Button} kind="quiet" onClick=${still.clear} disabled=${!still.requests.length} why="Nothing to clear.">Clear</${Button}>`;
  const kinds = [
    { key: "", text: "All", count: still.requests.length },
    { key: "api", text: "API", glyph: "left", count: counts.get("api")?.length ?? 0 },
    { key: "callback", text: "Callbacks", glyph: "right", count: counts.get("callback")?.length ?? 0 },
  ];
  return html`<${Page} title=${page.title} actions=${actions} beside=${beside}>
    <div class="tr-request-tools">
      <${Segments} label="Kind" items=${kinds} chosen=${query.kind ?? ""} choose=${(kind) => ask({ kind })} />
      <${FilterField} label="Filter" />
    </div>
    <${RequestList} rows=${rows} all=${still.requests} here=${here} clear=${() => ask({ kind: "", q: "" })} />
    ${
      still.hidden > 0 &&
      html`<p class="tr-soft tr-request-tools">
        ${still.hidden} earlier ${still.hidden === 1 ? "one is" : "ones are"} hidden.
        <${Button} kind="quiet" onClick=${still.show}>Show</${Button}>
      </p>`
    }
  </${Page}>`;
}
