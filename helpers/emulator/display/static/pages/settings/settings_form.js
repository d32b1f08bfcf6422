// The settings of a Workspace: its name, two Activities, how Workers get Tasks, and where its events go.

import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { Field } from "../../components/field.js";
import { Segments } from "../../components/segments.js";
import { updateWorkspace } from "../../core/calls.js";
import { useRecords } from "../../core/store.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { useDraft } from "../../hooks/drafts.js";
import { toast } from "../../hooks/news.js";
import { Refusal } from "../../marks/refusal.js";
import { html, useRef, useState } from "../../vendor/preact.js";
import { ActivityChoices } from "./activity_choices.js";
import { EventChoice } from "./event_choice.js";
import { changesOf, mistakesIn, settingsOf } from "./settings_changes.js";

const ORDERS = [
  { key: "FIFO", text: "FIFO" },
  { key: "LIFO", text: "LIFO" },
];
const NOTHING = {}; // is changed

/** `workspace` is the record. */
export function SettingsForm({ workspace }) {
  const [draft, setDraft, drop] = useDraft(`settings of ${workspace.sid}`, NOTHING);
  const [asked, setAsked] = useState(false);
  const { busy, refusal, run } = useActions();
  const stopped = useStopped();
  const activities = useRecords("activities");
  const form = useRef(null);
  const settings = { ...settingsOf(workspace), ...draft };
  const changes = changesOf(workspace, settings);
  const changed = Object.keys(changes).length > 0;
  const mistakes = mistakesIn(settings);
  const wrong = asked ? mistakes : {};
  const call = updateWorkspace(workspace.sid, changes);
  const why = stopped ?? (changed || Object.keys(mistakes).length ? undefined : "You haven't changed anything.");
  const set = (more) => setDraft({ ...draft, ...more });

  async function save(event) {
    event.preventDefault();
    setAsked(true);
    if (Object.keys(mistakes).length) return form.current.querySelector(`[name=${Object.keys(mistakes)[0]}]`).focus();
    if (why || !(await run(call))?.ok) return;
    drop();
    setAsked(false);
    toast({ text: `${settings.friendly_name} is saved.` });
  }

  return html`<form class="tr-workflow-settings" ref=${form} onSubmit=${save} noValidate>
    <${Field} label="Name" hint="at most 64 characters" error=${wrong.friendly_name}>
      <input class="tr-input" name="friendly_name" dir="auto" value=${settings.friendly_name} onInput=${({ target }) => set({ friendly_name: target.value })} />
    <//>
    <${ActivityChoices} activities=${activities} settings=${settings} set=${set} />
    <div class="tr-labelled">
      <div class="tr-labelled-head">
        <span class="tr-queue-label">TaskQueues that come first</span>
        <span class="tr-soft">if a Worker could get a Task from either kind</span>
      </div>
      <${Segments} label="TaskQueues that come first" items=${ORDERS} chosen=${settings.prioritize_queue_order} choose=${(order) => set({ prioritize_queue_order: order })} />
    </div>
    <${Multitasking} saved=${workspace.multi_task_enabled} on=${settings.multi_task_enabled} turn=${(on) => set({ multi_task_enabled: on })} />
    <section class="tr-settings-events">
      <h2>Event callbacks</h2>
      <${Field} label="Event callback URL" hint="called for each event that is sent">
        <input class="tr-input tr-mono" type="url" dir="ltr" value=${settings.event_callback_url} onInput=${({ target }) => set({ event_callback_url: target.value })} />
      <//>
      <${EventChoice} filter=${settings.events_filter} types=${workspace.event_types} isChosen=${settings.chooses_events} isSaved=${!("EventsFilter" in changes)} error=${wrong.events_filter} set=${({ isChosen, filter }) => set({ chooses_events: isChosen, events_filter: filter })} />
    </section>
    ${refusal && html`<${Refusal} answer=${refusal} />`}
    <div class="tr-configuration-foot tr-page-foot">
      <span class="tr-drawer-space"></span>
      ${draft !== NOTHING && html`<${Button} onClick=${drop}>Undo<//>`}
      <${Button} kind="main" type="submit" keys="Ctrl ↵" disabled=${busy || Boolean(why)} why=${why}>Save<//>
    </div>
    ${changed && html`<${CodeTwin} call=${call} />`}
  </form>`;
}

/** Turned on once, it stays on: `saved` is what the Workspace has. */
function Multitasking({ saved, on, turn }) {
  const words = "A Worker can have several Tasks at once, up to the capacity of each channel.";
  if (saved) return html`<p class="tr-settings-said"><b>Multitasking</b> is on, and can't be turned off. ${words}</p>`;
  return html`<div class="tr-settings-said">
    <label class="tr-check"><input type="checkbox" checked=${on} onChange=${({ target }) => turn(target.checked)} /><b>Multitasking</b></label>
    <p class="tr-soft">${words} Once it's on, it can't be turned off.</p>
  </div>`;
}
