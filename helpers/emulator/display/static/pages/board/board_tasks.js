// Tasks on the Board: what waits comes first.

import { Button } from "../../components/button.js";
import { Link, route } from "../../core/router.js";
import { useRecords } from "../../core/store.js";
import { Age } from "../../marks/age.js";
import { Pill } from "../../marks/pill.js";
import { html, useMemo } from "../../vendor/preact.js";
import { listTasks } from "../tasks/task_order.js";
import { TaskWords } from "../tasks/task_words.js";
import { newTask } from "./latest_task.js";

const SHOWN = 20; // more stand on the page of Tasks, which is made for many

/** The first Tasks in the order of the page of Tasks, and how many more there are. */
export function BoardTasks() {
  const tasks = useRecords("tasks");
  const rows = useMemo(() => listTasks(tasks, {}).slice(0, SHOWN), [tasks]);
  const page = { ...route(), page: "tasks", sid: null, tab: null, query: {} };
  if (!tasks.length) return null; // the card above says so
  return html`
    <section class="tr-board-part" aria-labelledby="board-tasks">
      <header>
        <h2 id="board-tasks">Tasks <span class="tr-soft tr-figures">${tasks.length.toLocaleString("en")}</span></h2>
        <${Button} glyph="plus" keys="C" onClick=${newTask}>Create task<//>
      </header>
      <ul class="tr-box tr-entries">${rows.map((task) => html`<${Row} key=${task.sid} task=${task} />`)}</ul>
      ${tasks.length > SHOWN && html`<${Link} to=${page}>All ${tasks.length.toLocaleString("en")} Tasks<//>`}
    </section>
  `;
}

function Row({ task }) {
  return html`<li>
    <${Link} class="tr-task-row" to=${{ ...route(), page: "tasks", sid: task.sid, tab: null, query: {} }}>
      <${Pill} status=${task.assignment_status} />
      <${TaskWords} task=${task} />
      <${Age} since=${task.date_created} />
    <//>
  </li>`;
}
