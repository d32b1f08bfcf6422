// One Worker beside the list, or as a page: the Activity, and everything else in tabs.

import { CodeTwin } from "../../components/code_twin.js";
import { Drawer } from "../../components/drawer.js";
import { Tabs } from "../../components/tabs.js";
import { setActivity } from "../../core/calls.js";
import { go, Link, useRoute } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { useLast } from "../../hooks/last.js";
import { Age } from "../../marks/age.js";
import { Name } from "../../marks/name.js";
import { Note } from "../../marks/note.js";
import { Sid } from "../../marks/sid.js";
import { html } from "../../vendor/preact.js";
import { ActivityMenu } from "../workers/activity_menu.js";
import { heldBy, movedAt } from "../workers/worker_words.js";
import { WorkerAttributes, WorkerAttributesFoot } from "./worker_attributes.js";
import { WorkerChanges } from "./worker_changes.js";
import { useChannelEditor, WorkerChannels, WorkerChannelsFoot } from "./worker_channels.js";
import { useWorkerEditor } from "./worker_editor.js";
import { WorkerJson } from "./worker_json.js";
import { WorkerReach } from "./worker_reach.js";
import { WorkerReservations } from "./worker_reservations.js";

const CONTENTS = {
  attributes: WorkerAttributes,
  channels: WorkerChannels,
  reach: WorkerReach,
  reservations: WorkerReservations,
  json: WorkerJson,
};

/** `sid` is the Worker's, `tab` one of `CONTENTS` or null; the last state of a Worker that is gone stays in sight. */
export function WorkerDrawer({ sid, tab, close }) {
  const now = useStore((state) => state.records.workers[sid]);
  const last = useLast(now);
  if (!last) return html`<${Drawer} title="Worker" close=${close}><${Gone} sid=${sid} /></${Drawer}>`;
  return html`<${Known} worker=${last} isGone=${!now} tab=${tab in CONTENTS ? tab : "attributes"} close=${close} />`;
}

function Known({ worker, isGone, tab, close }) {
  const here = useRoute();
  const activity = { sid: worker.activity_sid, friendly_name: worker.activity_name };
  const held = useStore(({ records }) => heldBy(records, worker.sid));
  const moved = useStore(({ records }) => movedAt(records, worker));
  const editor = useWorkerEditor(worker);
  const channels = useChannelEditor(worker);
  const name = worker.friendly_name;
  const tabs = [
    { key: "attributes", text: "Attributes" },
    { key: "channels", text: "Channels" },
    { key: "reach", text: "Reach" },
    { key: "reservations", text: "Reservations", count: held.length },
    { key: "json", text: "JSON" },
  ];
  const buttons = {
    attributes: html`<${WorkerAttributesFoot} worker=${worker} editor=${editor} close=${close} />`,
    channels: html`<${WorkerChannelsFoot} editor=${channels} close=${close} />`,
  }[tab];
  const foot = html`<${WorkerChanges} worker=${worker} gone=${close} />${buttons}`;
  return html`<${Drawer} title=${html`<${Name} text=${name} />`} above=${html`<${Sid} sid=${worker.sid} />`} close=${close} foot=${isGone ? null : foot}>
    ${
      isGone
        ? html`<${Gone} sid=${worker.sid} />`
        : html`<div class="tr-worker-activity"><${ActivityMenu} worker=${worker} keys="A" /><span class="tr-soft">for <${Age} since=${worker.date_status_changed} />${moved && ": an offer wasn't answered"}</span><${CodeTwin} folded call=${setActivity(here.workspace, worker, activity)} /></div>`
    }
    <${Tabs} label=${`Parts of ${name}`} tabs=${tabs} chosen=${tab} choose=${(key) => go({ ...here, tab: key }, { replace: true })}>
      <div class="tr-worker-tab" inert=${isGone}><${CONTENTS[tab]} worker=${worker} editor=${tab === "channels" ? channels : editor} held=${held} /></div>
    </${Tabs}>
  </${Drawer}>`;
}

function Gone({ sid }) {
  const here = useRoute();
  const to = { page: "events", workspace: here.workspace, query: { worker: sid } };
  const events = html`<${Link} class="tr-button" to=${to}>Show its Events</${Link}>`;
  return html`<${Note} tone="info" role="status" bold="This Worker no longer exists." buttons=${events}>It was deleted, or the emulator has different data now.</${Note}>`;
}
