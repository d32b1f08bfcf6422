// An event beside the list: what it says, what it is about, what caused it, and all its data.

import { Drawer } from "../../components/drawer.js";
import { fetchEvent } from "../../core/calls.js";
import { Link, useRoute } from "../../core/router.js";
import { dayText, timeOfDay } from "../../core/text.js";
import { useResource } from "../../hooks/resource.js";
import { CausedBy, shapeOf } from "../../lists/timeline.js";
import { Glyph } from "../../marks/glyph.js";
import { Json } from "../../marks/json.js";
import { Note } from "../../marks/note.js";
import { Refusal } from "../../marks/refusal.js";
import { Sid } from "../../marks/sid.js";
import { html } from "../../vendor/preact.js";

const PARTS = [
  ["task_sid", "Task", "tasks"],
  ["worker_sid", "Worker", "workers"],
  ["reservation_sid", "Reservation", "reservations"],
];

/** `event` is the list's, or undefined if the address names one that isn't in it. */
export function EventDrawer({ sid, event, close }) {
  const { workspace } = useRoute();
  const { record, refusal } = useResource(fetchEvent(workspace, sid));
  const title = event?.sentence ?? record?.description ?? "Event";
  const above = html`<span class="tr-event-what"><${Glyph} name=${shapeOf(event?.event_type ?? "")} /> ${event?.event_type}</span> <${Sid} sid=${sid} />`;
  return html`<${Drawer} title=${html`<bdi>${title}</bdi>`} above=${above} close=${close}>
    ${event && html`<${Facts} event=${event} workspace=${workspace} />`}
    ${record && html`<${Data} body=${record} />`}
    ${refusal?.status && html`<${Missing} refusal=${refusal} />`}
  </${Drawer}>`;
}

function Facts({ event, workspace }) {
  const at = event.event_date_ms;
  return html`<dl class="tr-facts">
    <dt>When</dt>
    <dd><time datetime=${new Date(at).toISOString()}>${timeOfDay(at)}, ${dayText(at)}</time></dd>
    <dt>Caused by</dt>
    <dd>${event.request ? html`<${CausedBy} request=${event.request} />` : "no stored request: a timer, a seed document, or an earlier request"}</dd>
    ${PARTS.filter(([name]) => event[name]).map(([name, title, page]) => [
      html`<dt key=${name}>${title}</dt>`,
      html`<dd key=${`${name} value`}>
          <${Link} class="tr-mono" to=${{ page, workspace, sid: event[name] }}>${event[name]}</${Link}>
        </dd>`,
    ])}
    ${event.task_sid && html`<dt>More</dt><dd><${Link} to=${{ page: "events", workspace, query: { task: event.task_sid } }}>All events of this Task</${Link}></dd>`}
  </dl>`;
}

function Data({ body }) {
  return html`<h2 class="tr-part-title">Data</h2>
    <pre class="tr-raw" tabindex="0" aria-label="Event as JSON"><${Json} text=${JSON.stringify(body, null, 2)} /></pre>`;
}

function Missing({ refusal }) {
  if (refusal.status !== 404) return html`<${Refusal} answer=${refusal} />`;
  return html`<${Note} tone="info" bold="This event doesn't exist.">
    TaskRouter keeps events for 30 days, and deletes them with their Workspace.
  </${Note}>`;
}
