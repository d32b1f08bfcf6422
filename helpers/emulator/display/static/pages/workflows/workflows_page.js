// The page of Workflows: a list, or the one chosen, with its routing tree, its configuration and its settings.

import { Button } from "../../components/button.js";
import { Page } from "../../components/page.js";
import { Table } from "../../components/table.js";
import { go, useRoute } from "../../core/router.js";
import { useRecords, useStore } from "../../core/store.js";
import { Empty } from "../../marks/empty.js";
import { Name } from "../../marks/name.js";
import { Sid } from "../../marks/sid.js";
import { html } from "../../vendor/preact.js";
import { CreateWorkflow } from "./create_workflow.js";
import { WorkflowView } from "./workflow_view.js";

const ABOUT = "A Workflow decides which queue a Task goes to.";

const COLUMNS = [
  {
    key: "name",
    title: "Workflow",
    width: "minmax(160px, 1.2fr)",
    cell: (workflow) =>
      html`<b><${Name} text=${workflow.friendly_name} keepEnd /></b><div><${Sid} sid=${workflow.sid} /></div>`,
  },
  {
    key: "callback",
    title: "Assignment callback",
    width: "minmax(150px, 1.5fr)",
    cell: (workflow) => html`<${Callback} url=${workflow.assignment_callback_url} />`,
  },
  {
    key: "filters",
    title: "Filters",
    width: "56px",
    number: true,
    cell: (workflow) => filtersOf(workflow.configuration)?.length,
  },
  {
    key: "timeout",
    title: "To accept",
    width: "76px",
    number: true,
    cell: (workflow) => `${workflow.task_reservation_timeout.toLocaleString("en")} s`,
  },
];

/** `…/workflows`, `…/workflows/WW…/tree?try=ATTRIBUTES`, `…/config`, `…/settings` and `…/workflows/new`. */
export function WorkflowsPage() {
  const here = useRoute();
  const workflows = useRecords("workflows");
  const chosen = here.sid === "new" ? null : here.sid;
  const workflow = useStore((state) => state.records.workflows[chosen]);
  const list = { ...here, sid: null, tab: null, query: {} };
  const close = () => go(list);
  const create = (kind) =>
    html`<${Button} kind=${kind} glyph="plus" onClick=${() => go({ ...list, sid: "new" })}>Create workflow<//>`;
  if (chosen) return html`<${WorkflowView} key=${chosen} workflow=${workflow} close=${close} />`;
  return html`
    <${Page} title="Workflows" actions=${workflows.length > 0 && create("plain")}>
      <${Table}
        label="Workflows"
        columns=${COLUMNS}
        rows=${workflows}
        keyOf=${(each) => each.sid}
        to=${(each) => ({ ...list, sid: each.sid, tab: "tree" })}
        narrow=${(each) => html`<${NarrowRow} workflow=${each} />`}
        lines=${2}
        empty=${html`<${Empty} bold="No Workflows yet" text=${ABOUT} button=${create("main")} />`}
      />
    <//>
    ${here.sid === "new" && html`<${CreateWorkflow} close=${close} />`}
  `;
}

function NarrowRow({ workflow }) {
  return html`<span class="tr-queue-words">
    <b><${Name} text=${workflow.friendly_name} keepEnd /></b>
    <span class="tr-soft"><${Callback} url=${workflow.assignment_callback_url} /></span>
  </span>`;
}

function Callback({ url }) {
  return url
    ? html`<bdi class="tr-mono" title=${url}>${url.replace(/^https?:\/\//, "")}</bdi>`
    : html`<span class="tr-soft">no callback URL</span>`;
}

function filtersOf(configuration) {
  try {
    return JSON.parse(configuration).task_routing.filters ?? [];
  } catch {
    return undefined;
  }
}
