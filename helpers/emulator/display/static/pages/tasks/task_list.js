// The list of Tasks: how many there are of each status, and a table of those that the address asks for.

import { Button } from "../../components/button.js";
import { Menu } from "../../components/menu.js";
import { Segments } from "../../components/segments.js";
import { Table } from "../../components/table.js";
import { go } from "../../core/router.js";
import { store } from "../../core/store.js";
import { Age } from "../../marks/age.js";
import { Empty } from "../../marks/empty.js";
import { Pill } from "../../marks/pill.js";
import { Sid } from "../../marks/sid.js";
import { html, useMemo } from "../../vendor/preact.js";
import { workerName } from "./task_facts.js";
import { countByStatus, listTasks, ORDERS, STATUSES } from "./task_order.js";
import { TaskAttributes, TaskPlace, TaskWords } from "./task_words.js";

const COLUMNS = [
  {
    key: "status",
    title: "Status",
    width: "104px",
    cell: (task) => html`<${Pill} status=${task.assignment_status} />`,
  },
  { key: "task", title: "Task", width: "104px", cell: (task) => html`<${Sid} sid=${task.sid} />` },
  {
    key: "attributes",
    title: "Attributes",
    width: "minmax(140px, 1fr)",
    cell: (task) => html`<${TaskAttributes} task=${task} />`,
  },
  {
    key: "place",
    title: "TaskQueue",
    width: "minmax(140px, 1fr)",
    cell: (task) => html`<${TaskPlace} task=${task} />`,
  },
  { key: "channel", title: "Channel", width: "64px", cell: (task) => task.task_channel_unique_name },
  { key: "priority", title: "Priority", width: "52px", number: true, cell: (task) => task.priority },
  {
    key: "age",
    title: "Age",
    width: "56px",
    number: true,
    cell: (task) => html`<${Age} since=${task.date_created} />`,
  },
];

/** `tasks` are all of the Workspace; `place` is the route. */
export function TaskList({ tasks, place }) {
  const { status = "", q = "", sort } = place.query;
  const counts = useMemo(() => countByStatus(tasks), [tasks]);
  const rows = useMemo(() => listTasks(tasks, { status, query: q, order: sort }, nameOf), [tasks, status, q, sort]);
  const ask = (query) => go({ ...place, query: { ...place.query, ...query } }, { replace: true });
  if (!tasks.length) return html`<${NoTasks} place=${place} />`;
  return html`
    <div class="tr-tasks-tools">
      <${Segments} label="Status" items=${segments(counts)} chosen=${status} choose=${(key) => ask({ status: key })} />
      <${OrderMenu} chosen=${sort} choose=${(key) => ask({ sort: key })} />
    </div>
    <${Table}
      label="Tasks"
      columns=${COLUMNS}
      rows=${rows}
      keyOf=${(task) => task.sid}
      chosen=${place.sid}
      to=${(task) => ({ ...place, sid: task.sid, tab: null })}
      narrow=${narrowRow}
      empty=${html`<${NothingFound} query=${q} status=${status} clear=${() => ask({ q: "", status: "" })} />`}
    />
    <p class="tr-tasks-foot tr-soft" role="status">${summary(rows.length, tasks.length, sort)}</p>
  `;
}

const nameOf = (task) => workerName(store.state.records, task);

function segments(counts) {
  const each = STATUSES.map((status) => ({ key: status, text: status, glyph: status, count: counts[status] }));
  return [{ key: "", text: "All", count: counts.all }, ...each];
}

function OrderMenu({ chosen, choose }) {
  const items = Object.entries(ORDERS).map(([key, { text }]) => ({
    key,
    text,
    checked: key === (chosen ?? "oldest"),
    choose: () => choose(key === "oldest" ? "" : key),
  }));
  return html`<${Menu} label="Order" button=${(ORDERS[chosen] ?? ORDERS.oldest).text} items=${items} />`;
}

function narrowRow(task) {
  return html`
    <${Pill} status=${task.assignment_status} />
    <${TaskWords} task=${task} />
    <${Age} since=${task.date_created} />
  `;
}

function summary(shown, all, sort) {
  const number =
    shown === all ? `${all.toLocaleString("en")}` : `${shown.toLocaleString("en")} of ${all.toLocaleString("en")}`;
  return `${number} ${all === 1 ? "Task" : "Tasks"}, ${(ORDERS[sort] ?? ORDERS.oldest).text.toLowerCase()} within each status`;
}

function NoTasks({ place }) {
  const create = html`<${Button} kind="main" glyph="plus" onClick=${() => go({ ...place, sid: "new" })}>Create task<//>`;
  const text =
    "A Task is one piece of work, such as a customer who asks for help. Create one here, with the SDK, or with curl.";
  return html`<${Empty} bold="No Tasks yet" text=${text} button=${create} />`;
}

function NothingFound({ query, status, clear }) {
  const bold = query ? `No ${status || ""} Task matches "${query}"`.replace("  ", " ") : `No Task is ${status}`;
  return html`<${Empty} bold=${bold} button=${html`<${Button} onClick=${clear}>Clear filter<//>`} />`;
}
