// What happened to one Task.

import { Link, useRoute } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { Timeline } from "../../lists/timeline.js";
import { html, useMemo } from "../../vendor/preact.js";
import { offerNotes } from "../reservations/offer_words.js";

/** `task` is the Task's record, `reservations` its Reservations; of its events those that the page has. */
export function TaskTimeline({ task, reservations }) {
  const place = useRoute();
  const events = useStore((state) => state.events);
  const own = useMemo(() => events.filter((each) => each.task_sid === task.sid), [events, task.sid]);
  const older = { ...place, page: "events", sid: null, tab: null, query: { task: task.sid } };
  if (!own.length)
    return html`<p class="tr-soft">
      Its events are older than the 200 on this page. <${Link} to=${older}>Find them on the Events page<//>.
    </p>`;
  return html`<${Timeline} events=${own} notes=${offerNotes(own, reservations)} />`;
}
