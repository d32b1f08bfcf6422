// Where a Workspace sends its events, and which: all, or those that are chosen.

import { Field } from "../../components/field.js";
import { Segments } from "../../components/segments.js";
import { Note } from "../../marks/note.js";
import { html } from "../../vendor/preact.js";
import { UnknownTypes } from "../unknown_types.js";
import { EventBoxes } from "./event_boxes.js";
import { namesIn, unknownIn } from "./events_filter.js";

const CHOICES = [
  { key: "all", text: "All events" },
  { key: "chosen", text: "Chosen events" },
];

/** As `GeneralSettings`. An empty filter stands for all events, so `chooses_events` says which of the two is meant. */
export function EventSettings({ workspace, settings, wrong, set }) {
  const choose = (key) => set(key === "all" ? { chooses_events: false, events_filter: "" } : { chooses_events: true });
  return html`<section class="tr-settings-events">
    <h2>Event callbacks</h2>
    <${Field} label="Event callback URL" hint="called for each event that is sent">
      <input class="tr-input tr-mono" type="url" dir="ltr" value=${settings.event_callback_url} onInput=${({ target }) => set({ event_callback_url: target.value })} />
    <//>
    <div class="tr-labelled">
      <div class="tr-labelled-head"><span class="tr-queue-label">Events sent</span></div>
      <${Segments} label="Events sent" items=${CHOICES} chosen=${settings.chooses_events ? "chosen" : "all"} choose=${choose} />
      ${settings.chooses_events && html`<${ChosenEvents} ...${{ workspace, settings, wrong }} filter=${(text) => set({ chooses_events: true, events_filter: text })} />`}
    </div>
  </section>`;
}

/** The boxes, and below them the list as TaskRouter stores it; `filter(text)` changes both. */
function ChosenEvents({ workspace, settings, wrong, filter }) {
  const { events_filter: text } = settings;
  const isSaved = text === (workspace.events_filter ?? "");
  const unknown = unknownIn(namesIn(text), workspace.event_types);
  return html`
    <${EventBoxes} names=${namesIn(text)} types=${workspace.event_types} filter=${filter} />
    <${Field} label="Events filter" hint="as TaskRouter stores it, separated by commas" error=${wrong.events_filter}>
      <textarea class="tr-input" name="events_filter" rows="3" dir="ltr" spellcheck=${false} value=${text} onInput=${({ target }) => filter(target.value)}></textarea>
    <//>
    ${isSaved && html`<${UnknownTypes} />`}
    ${!isSaved && unknown.length > 0 && html`<${Note} tone="wait" bold="No event has this type:">${unknown.join(", ")}. TaskRouter accepts the filter all the same.<//>`}
  `;
}
