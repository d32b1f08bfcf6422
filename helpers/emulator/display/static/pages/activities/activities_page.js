// The page of Activities: each with the Workers that have it. A name can be changed; whether it is available, never.

import { Button } from "../../components/button.js";
import { Page } from "../../components/page.js";
import { Table } from "../../components/table.js";
import { go, useRoute } from "../../core/router.js";
import { useRecords } from "../../core/store.js";
import { Availability } from "../../marks/availability.js";
import { Empty } from "../../marks/empty.js";
import { Sid } from "../../marks/sid.js";
import { html, useMemo } from "../../vendor/preact.js";
import { ActivityPanel } from "./activity_panel.js";
import { CreateActivity } from "./create_activity.js";

const ABOUT = "An Activity says what a Worker is doing, and if TaskRouter can offer Tasks to the Worker.";

/** `…/activities`, `…/activities/WA…` and `…/activities/new`. */
export function ActivitiesPage() {
  const here = useRoute();
  const activities = useRecords("activities");
  const workers = useRecords("workers");
  const having = useMemo(() => Map.groupBy(workers, (each) => each.activity_sid), [workers]);
  const columns = useMemo(() => columnsOf(having), [having]);
  const list = { ...here, sid: null, tab: null, query: {} };
  const close = () => go(list);
  const create = (kind) =>
    html`<${Button} kind=${kind} glyph="plus" onClick=${() => go({ ...list, sid: "new" })}>Create activity<//>`;
  const chosen = here.sid === "new" ? null : here.sid;
  const beside =
    chosen && html`<${ActivityPanel} key=${chosen} sid=${chosen} workers=${having.get(chosen) ?? []} close=${close} />`;
  return html`
    <${Page} title="Activities" actions=${create("plain")} beside=${beside}>
      <${Table}
        label="Activities"
        columns=${columns}
        rows=${activities}
        keyOf=${(activity) => activity.sid}
        chosen=${chosen}
        to=${(activity) => ({ ...list, sid: activity.sid })}
        narrow=${(activity) => html`<${NarrowRow} activity=${activity} workers=${having.get(activity.sid) ?? []} />`}
        empty=${html`<${Empty} bold="No Activities yet" text=${ABOUT} button=${create("main")} />`}
      />
      <p class="tr-soft">${ABOUT}</p>
    <//>
    ${here.sid === "new" && html`<${CreateActivity} close=${close} />`}
  `;
}

function columnsOf(having) {
  return [
    {
      key: "name",
      title: "Activity",
      width: "minmax(150px, 1.2fr)",
      cell: (activity) => html`<${Availability} available=${activity.available} name=${activity.friendly_name} />`,
    },
    {
      key: "workers",
      title: "Workers",
      width: "minmax(80px, 1fr)",
      cell: (activity) => html`<bdi dir="ltr">${namesOf(having.get(activity.sid) ?? [])}</bdi>`,
    },
    { key: "sid", title: "SID", width: "112px", cell: (activity) => html`<${Sid} sid=${activity.sid} />` },
  ];
}

function NarrowRow({ activity, workers }) {
  return html`<span class="tr-queue-words">
    <${Availability} available=${activity.available} name=${activity.friendly_name} />
    <span class="tr-soft"><bdi dir="ltr">${workers.length ? namesOf(workers) : "no Worker"}</bdi></span>
  </span>`;
}

/** "Alice, Bob", or "Alice, Bob and 7 more"; a dash for nobody. */
function namesOf(workers) {
  const names = workers.slice(0, 2).map((each) => each.friendly_name);
  const more = workers.length - names.length;
  return names.length ? `${names.join(", ")}${more ? ` and ${more.toLocaleString("en")} more` : ""}` : "–";
}
