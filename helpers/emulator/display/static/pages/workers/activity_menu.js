// The Activity of a Worker as a menu: one click opens it, the next one sets another.

import { Menu } from "../../components/menu.js";
import { setActivity } from "../../core/calls.js";
import { useRecords, useStore } from "../../core/store.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { toast } from "../../hooks/news.js";
import { useRow } from "../../hooks/row_place.js";
import { Availability } from "../../marks/availability.js";
import { Refusal } from "../../marks/refusal.js";
import { html } from "../../vendor/preact.js";

/** `worker` is the Worker's record. A refusal stands below the menu. With `keys` its key opens it, in the row with the focus. */
export function ActivityMenu({ worker, keys }) {
  const row = useRow();
  const workspace = useStore((state) => state.workspace);
  const activities = useRecords("activities");
  const { busy, refusal, run } = useActions();
  const stopped = useStopped();
  const now = activities.find(({ sid }) => sid === worker.activity_sid);

  async function choose(activity) {
    if (activity.sid === worker.activity_sid) return;
    const outcome = await run(setActivity(workspace, worker, activity));
    if (!outcome?.ok) return;
    const back = now && { text: "Undo", onClick: () => run(setActivity(workspace, worker, now)) };
    toast({ text: `${worker.friendly_name} is ${activity.friendly_name}.`, action: back });
  }

  const items = activities.map((activity) => ({
    key: activity.sid,
    text: activity.friendly_name,
    note: activity.available ? "available" : "not available",
    checked: activity.sid === worker.activity_sid,
    choose: () => choose(activity),
  }));
  return html`<div class="tr-activity">
    <${Menu}
      label=${`Activity of ${worker.friendly_name}`}
      button=${html`<${Availability} available=${worker.available} name=${worker.activity_name} />`}
      items=${items}
      keys=${row === null || row.active ? keys : undefined}
      disabled=${busy || Boolean(stopped)}
      why=${stopped}
    />
    ${refusal && html`<${Refusal} answer=${refusal} />`}
  </div>`;
}
