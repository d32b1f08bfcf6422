// The list of Workers: what each is good at, the menu of the Activity, and what each has in hand.

import { Button } from "../../components/button.js";
import { Segments } from "../../components/segments.js";
import { Table } from "../../components/table.js";
import { go, useRoute } from "../../core/router.js";
import { useRecords, useStore } from "../../core/store.js";
import { Age } from "../../marks/age.js";
import { Empty } from "../../marks/empty.js";
import { Name } from "../../marks/name.js";
import { Sid } from "../../marks/sid.js";
import { html, useMemo } from "../../vendor/preact.js";
import { ActivityMenu } from "./activity_menu.js";
import { attributesInShort, capacityInShort, channelsOf, heldBy } from "./worker_words.js";

const COLUMNS = [
  { key: "worker", title: "Worker", width: "minmax(128px, 1fr)", cell: (worker) => html`<${Who} worker=${worker} />` },
  {
    key: "attributes",
    title: "Attributes",
    width: "minmax(80px, 1fr)",
    cell: (worker) => html`<${Attributes} worker=${worker} />`,
  },
  {
    key: "activity",
    title: "Activity",
    width: "224px",
    cell: (worker) => html`<${ActivityMenu} worker=${worker} keys="A" />`,
  },
  {
    key: "since",
    title: "For",
    width: "56px",
    number: true,
    cell: (worker) => html`<${Age} since=${worker.date_status_changed} />`,
  },
  {
    key: "capacity",
    title: "In use",
    width: "minmax(160px, 1.2fr)",
    cell: (worker) => html`<${Capacity} worker=${worker} />`,
  },
  { key: "tasks", title: "Tasks", width: "88px", cell: (worker) => html`<${Held} worker=${worker} />` },
];

/** The segments and the table; what the address asks for is shown. */
export function WorkerList({ create }) {
  const here = useRoute();
  const workers = useRecords("workers");
  const activities = useRecords("activities");
  const { activity = "", q = "" } = here.query;
  const counts = useMemo(() => Map.groupBy(workers, (each) => each.activity_name), [workers]);
  const rows = useMemo(() => matching(workers, activity, q), [workers, activity, q]);
  const ask = (query) => go({ ...here, query: { ...here.query, ...query } }, { replace: true });
  const items = activities.map(({ friendly_name: name, available }) => ({
    key: name,
    text: name,
    glyph: available ? "available" : "unavailable",
    count: counts.get(name)?.length ?? 0,
  }));
  if (!workers.length) return html`<${NoWorkers} create=${create} />`;
  return html`
    <${Segments}
      label="Activity"
      items=${[{ key: "", text: "All", count: workers.length }, ...items]}
      chosen=${activity}
      choose=${(key) => ask({ activity: key })}
    />
    <${Table}
      label="Workers"
      columns=${COLUMNS}
      rows=${rows}
      keyOf=${({ sid }) => sid}
      chosen=${here.sid}
      to=${({ sid }) => ({ ...here, sid, tab: here.sid ? here.tab : null })}
      narrow=${(worker) => html`<${Narrow} worker=${worker} />`}
      lines=${2}
      empty=${html`<${NoneMatches} q=${q} activity=${activity} clear=${() => ask({ q: "", activity: "" })} />`}
    />
    <p class="tr-list-keys tr-soft"><kbd>↑</kbd> <kbd>↓</kbd> move · <kbd>Enter</kbd> edit · <kbd>A</kbd> set Activity</p>
  `;
}

/** The Workers with an Activity, whose name, SID or attributes hold the text. */
function matching(workers, activity, q) {
  const wanted = q.trim().toLowerCase();
  return workers.filter((each) => {
    if (activity && each.activity_name !== activity) return false;
    return (
      !wanted || [each.friendly_name, each.sid, each.attributes].some((text) => text.toLowerCase().includes(wanted))
    );
  });
}

function Who({ worker }) {
  return html`<div class="tr-worker-who"><b><${Name} text=${worker.friendly_name} /></b><${Sid} sid=${worker.sid} /></div>`;
}

function Attributes({ worker }) {
  return html`<span title=${worker.attributes}><${Name} text=${attributesInShort(worker.attributes)} /></span>`;
}

/** Text that a change of channels or Reservations changes, not one of the Worker. */
function Capacity({ worker }) {
  const text = useStore(({ records }) => capacityInShort(channelsOf(records, worker.sid)));
  return text
    ? html`<span class="tr-worker-capacity" title=${text}>${text}</span>`
    : html`<span class="tr-soft">none</span>`;
}

function Held({ worker }) {
  const held = useStore(({ records }) => heldBy(records, worker.sid));
  const here = useRoute();
  const to = (sid) => ({ page: "tasks", workspace: here.workspace, sid });
  if (held.length === 1) return html`<${Sid} sid=${held[0].task_sid} to=${to(held[0].task_sid)} />`;
  return held.length ? `${held.length} Tasks` : html`<span class="tr-soft">none</span>`;
}

function Narrow({ worker }) {
  const used = useStore(({ records }) => capacityInShort(channelsOf(records, worker.sid)));
  const words = [used, attributesInShort(worker.attributes)].filter(Boolean).join(" · ");
  return html`<div class="tr-worker-narrow">
    <div class="tr-worker-who"><b><${Name} text=${worker.friendly_name} /></b><span class="tr-soft" title=${words}><bdi>${words}</bdi></span></div>
    <${ActivityMenu} worker=${worker} keys="A" />
  </div>`;
}

function NoWorkers({ create }) {
  return html`<${Empty}
    bold="No Workers yet."
    text="A Worker handles Tasks. Without one, every Task waits."
    button=${html`<${Button} kind="main" glyph="plus" onClick=${create}>Create worker</${Button}>`}
  />`;
}

function NoneMatches({ q, activity, clear }) {
  const bold = q ? `No Worker matches "${q}"${activity && ` and is ${activity}`}.` : `No Worker is ${activity}.`;
  return html`<${Empty} bold=${bold} button=${html`<${Button} onClick=${clear}>Clear filter</${Button}>`} />`;
}
