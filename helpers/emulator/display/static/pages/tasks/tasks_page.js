// The page of Tasks: a list that can be filtered, and the Task chosen beside it.

import { Button } from "../../components/button.js";
import { Page } from "../../components/page.js";
import { go, useRoute } from "../../core/router.js";
import { useRecords } from "../../core/store.js";
import { FilterField } from "../../lists/filter_field.js";
import { html } from "../../vendor/preact.js";
import { CreateTask } from "../create_task/create_task.js";
import { WhyBook } from "../why/why_book.js";
import { TaskList } from "./task_list.js";
import { TaskPanel } from "./task_panel.js";

/** `…/tasks`, `…/tasks/WT…` and `…/tasks/new`. */
export function TasksPage() {
  const place = useRoute();
  const tasks = useRecords("tasks");
  const creating = place.sid === "new";
  const chosen = creating ? null : place.sid;
  const { from, ...query } = place.query;
  const list = { ...place, sid: null, tab: null, query };
  const close = () => go(list);
  // in the dialog's place, so that Back doesn't open it again
  const back = () => go(from ? { page: from, workspace: place.workspace } : list, { replace: true });
  const actions = [
    html`<${FilterField} label="Filter Tasks" />`,
    html`<${Button} kind="main" keys="C" glyph="plus" onClick=${() => go({ ...list, sid: "new" })}>Create task<//>`,
  ];
  const beside = chosen && html`<${TaskPanel} key=${chosen} sid=${chosen} tab=${place.tab} close=${close} />`;
  return html`
    <${WhyBook}>
      <${Page} title="Tasks" actions=${actions} beside=${beside}>
        <${TaskList} tasks=${tasks} place=${place} />
      <//>
      ${creating && html`<${CreateTask} close=${back} />`}
    <//>
  `;
}
