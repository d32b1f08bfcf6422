// A Task beside the list, or as a page: what it is, how far it has come, and everything about it in tabs.

import { Button } from "../../components/button.js";
import { Drawer } from "../../components/drawer.js";
import { Tabs } from "../../components/tabs.js";
import { go, route } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { useActions } from "../../hooks/actions.js";
import { useLast } from "../../hooks/last.js";
import { Age } from "../../marks/age.js";
import { Json } from "../../marks/json.js";
import { Name } from "../../marks/name.js";
import { Note } from "../../marks/note.js";
import { Pill } from "../../marks/pill.js";
import { Sid } from "../../marks/sid.js";
import { Strip } from "../../marks/strip.js";
import { html } from "../../vendor/preact.js";
import { WhyPanel } from "../why/why_panel.js";
import { taskEndings } from "./task_endings.js";
import { reservationsOf, waits } from "./task_facts.js";
import { TaskRecord } from "./task_record.js";
import { TaskReservations } from "./task_reservations.js";
import { TaskTimeline } from "./task_timeline.js";

/** `sid` is the Task's, `tab` one of why, timeline, reservations, json, or null. */
export function TaskPanel({ sid, tab, close }) {
  const records = useStore((state) => state.records);
  const events = useStore((state) => state.events);
  const doing = useActions();
  const now = records.tasks[sid];
  const task = useLast(now);
  if (!task) return html`<${Drawer} title="Task" close=${close}><${Gone} sid=${sid} /><//>`;
  const reservations = reservationsOf(records, sid);
  const tabs = tabsOf(task, reservations, events);
  const chosen = tabs.some(({ key }) => key === tab) ? tab : "why";
  const foot = taskEndings(now, doing);
  const choose = (key) => go({ ...route(), tab: key }, { replace: true });
  return html`
    <${Drawer} title=${html`<${Json} text=${task.attributes} />`} above=${html`<${Head} task=${task} />`} close=${close} foot=${foot}>
      ${!now && html`<${Gone} sid=${sid} />`}
      <p class="tr-task-head tr-soft"><${Place} task=${task} /></p>
      <${Strip} task=${task} reservations=${reservations} />
      <${Tabs} label="Parts of the Task" tabs=${tabs} chosen=${chosen} choose=${choose}>
        ${content(chosen, { task, reservations, gone: !now })}
      <//>
    <//>
  `;
}

function tabsOf(task, reservations, events) {
  const happened = events.filter((each) => each.task_sid === task.sid).length;
  return [
    { key: "why", text: waits(task) ? "Why is it waiting?" : "What happened" },
    { key: "timeline", text: "Timeline", count: happened },
    { key: "reservations", text: "Reservations", count: reservations.length },
    { key: "json", text: "JSON" },
  ];
}

function content(tab, props) {
  const Content = { why: WhyPanel, timeline: TaskTimeline, reservations: TaskReservations, json: TaskRecord }[tab];
  return html`<${Content} ...${props} />`;
}

function Head({ task }) {
  return html`<${Pill} status=${task.assignment_status} /> <${Sid} sid=${task.sid} />`;
}

function Place({ task }) {
  const { workflow_friendly_name: workflow, task_queue_friendly_name: queue, task_channel_unique_name: channel } = task;
  return html`<${Name} text=${queue ?? "no TaskQueue"} />${" · "}<${Name} text=${channel} />${" · "}<span class="tr-whole">priority ${task.priority}</span>${" · "}
    <span class="tr-whole">age <${Age} since=${task.date_created} /></span>${!workflow && task.workflow_sid && " · its Workflow is gone"}`;
}

function Gone({ sid }) {
  const events = { page: "events", workspace: route().workspace, query: { task: sid } };
  const button = html`<${Button} onClick=${() => go(events)}>Show its Events<//>`;
  return html`<${Note} tone="info" bold="This Task no longer exists." buttons=${[button]}>
    TaskRouter deletes a Task five minutes after it ends. Or the Task was never in this Workspace.
  <//>`;
}
