// The page of Events: what happened in the Workspace, the newest above, each with the request that caused it.

import { Button } from "../../components/button.js";
import { Page } from "../../components/page.js";
import { Table } from "../../components/table.js";
import { go, Link, useRoute } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { timeOfDay } from "../../core/text.js";
import { FilterField } from "../../lists/filter_field.js";
import { CausedBy, shapeOf } from "../../lists/timeline.js";
import { Empty } from "../../marks/empty.js";
import { Glyph } from "../../marks/glyph.js";
import { Name } from "../../marks/name.js";
import { Note } from "../../marks/note.js";
import { html, useMemo } from "../../vendor/preact.js";
import { placeOf } from "../places.js";
import { UnknownTypes } from "../unknown_types.js";
import { EventDrawer } from "./event_drawer.js";
import { EventFilters } from "./event_filters.js";
import { listEvents } from "./event_words.js";
import { useOlder } from "./older_events.js";

const COLUMNS = [
  { key: "time", title: "Time", width: "72px", cell: (event) => html`<${Time} event=${event} />` },
  {
    key: "what",
    title: "What happened",
    width: "minmax(200px, 2fr)",
    cell: (event) => html`<${What} event=${event} />`,
  },
  {
    key: "type",
    title: "Type",
    width: "minmax(120px, 1fr)",
    cell: (event) => html`<span class="tr-oneline tr-soft">${event.event_type}</span>`,
  },
  { key: "about", title: "About", width: "minmax(80px, 0.8fr)", cell: (event) => html`<${About} event=${event} />` },
  {
    key: "request",
    title: "Caused by",
    width: "96px",
    cell: ({ request }) => request && html`<${CausedBy} request=${request} />`,
  },
];

/** `…/events?type=…&task=WT…&worker=WK…&q=…` and `…/events/EV…`. */
export function EventsPage({ page }) {
  const here = useRoute();
  const fresh = useStore((state) => state.events);
  const older = useOlder(here, fresh);
  const { query } = here;
  const all = useMemo(() => [...older.events, ...fresh], [older.events, fresh]);
  const rows = useMemo(() => listEvents(all, query), [all, query]);
  const ask = (more) => go({ ...here, query: { ...query, ...more } }, { replace: true });
  const list = { ...here, sid: null, tab: null, query: { ...query, as: null } };
  const beside =
    here.sid &&
    html`<${EventDrawer} key=${here.sid} sid=${here.sid} event=${all.find(({ sid }) => sid === here.sid)} close=${() => go(list)} />`;
  return html`<${Page} title=${page.title} actions=${html`<${FilterField} label="Filter Events" />`} beside=${beside}>
    <${Callbacks} />
    <${UnknownTypes} />
    <${EventFilters} events=${all} query=${query} ask=${ask} />
    <${Table}
      label="Events"
      columns=${COLUMNS}
      rows=${rows}
      keyOf=${({ sid }) => sid}
      chosen=${here.sid}
      to=${({ sid }) => ({ ...here, sid })}
      narrow=${narrowRow}
      news=${(count) => `${count} new ${count === 1 ? "event" : "events"}`}
      empty=${html`<${NoEvents} all=${all} here=${here} older=${older} clear=${() => ask({ type: "", task: "", worker: "", q: "" })} />`}
    />
    <${Older} older=${older} shown=${rows.length} />
  </${Page}>`;
}

/** Where event callbacks go and which, with the way to change that. */
function Callbacks() {
  const here = useRoute();
  const workspace = useStore((state) => Object.values(state.records.workspace)[0]);
  if (!workspace) return null;
  const { event_callback_url: url, events_filter: filter } = workspace;
  const place = url
    ? html`Sent to <span class="tr-mono"><${Name} text=${url.replace(/^https?:\/\//, "")} /></span>: ${filter || "all events"}`
    : "No event callback URL, so none is sent";
  return html`<p class="tr-events-about tr-soft">${place} · <${Link} to=${{ page: "settings", workspace: here.workspace }}>Settings</${Link}></p>`;
}

function Time({ event }) {
  const at = event.event_date_ms;
  return html`<time class="tr-figures" datetime=${new Date(at).toISOString()}>${timeOfDay(at)}</time>`;
}

function What({ event }) {
  return html`<div class="tr-event-what"><${Glyph} name=${shapeOf(event.event_type)} /><bdi dir="ltr" title=${event.sentence}>${event.sentence}</bdi></div>`;
}

function About({ event }) {
  const { workspace } = useRoute();
  const place = placeOf(event.resource_sid, workspace);
  const name = html`<${Name} text=${event.about} keepEnd />`;
  return place ? html`<${Link} to=${place}>${name}</${Link}>` : name;
}

function narrowRow(event) {
  const cause = event.request && html` · <${CausedBy} request=${event.request} />`;
  return html`<div class="tr-mark-row">
    <${Glyph} name=${shapeOf(event.event_type)} />
    <div class="tr-line-pair"><bdi dir="ltr">${event.sentence}</bdi><div class="tr-soft">${event.event_type}${cause}</div></div>
    <${Time} event=${event} />
  </div>`;
}

function NoEvents({ all, here, older, clear }) {
  if (all.length) {
    const bold = here.query.q ? `No event matches "${here.query.q}".` : "No event matches these filters.";
    const text = older.more ? "Older events may match. Load them below." : undefined;
    return html`<${Empty} bold=${bold} text=${text} button=${html`<${Button} onClick=${clear}>Clear filter</${Button}>`} />`;
  }
  const create = () => go({ page: "tasks", workspace: here.workspace, sid: "new" });
  const text =
    "TaskRouter records an event for each change, and sends it to the event callback URL of the Workspace if it has one.";
  return html`<${Empty}
    bold="Nothing has happened yet."
    text=${text}
    button=${html`<${Button} kind="main" glyph="plus" onClick=${create}>Create task</${Button}>`}
  />`;
}

function Older({ older, shown }) {
  return html`<div class="tr-events-foot">
    <span class="tr-soft" role="status">${shown.toLocaleString("en")} ${shown === 1 ? "event" : "events"}</span>
    ${older.more && html`<${Button} kind="quiet" disabled=${older.busy} onClick=${older.load}>Load older events</${Button}>`}
    ${older.failed && html`<${Note} tone="bad" bold="The older events weren't loaded." role="alert">${older.failed}</${Note}>`}
  </div>`;
}
