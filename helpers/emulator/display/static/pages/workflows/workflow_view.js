// One Workflow: what it is, and its tabs.

import { Button } from "../../components/button.js";
import { Page } from "../../components/page.js";
import { Tabs } from "../../components/tabs.js";
import { go, useRoute } from "../../core/router.js";
import { Empty } from "../../marks/empty.js";
import { Name } from "../../marks/name.js";
import { Sid } from "../../marks/sid.js";
import { html } from "../../vendor/preact.js";
import { ConfigurationEditor } from "./configuration_editor.js";
import { TreeTab } from "./tree_tab.js";
import { WorkflowSettings } from "./workflow_settings.js";

const TABS = [
  { key: "tree", text: "Routing tree", component: TreeTab },
  { key: "config", text: "Configuration", component: ConfigurationEditor },
  { key: "settings", text: "Callback and timeouts", component: WorkflowSettings },
];

/** `workflow` is the record, or undefined if there is none; `close` goes back to the list. */
export function WorkflowView({ workflow, close }) {
  const here = useRoute();
  const back = html`<${Button} kind="quiet" glyph="back" onClick=${close}>Workflows<//>`;
  if (!workflow)
    return html`<${Page} title="Workflow" actions=${back}>
      <${Empty} bold="This Workflow isn't here." text="It was deleted, or belongs to a different Workspace." />
    <//>`;
  const tab = TABS.find(({ key }) => key === here.tab) ?? TABS[0];
  const create = () =>
    go({
      page: "tasks",
      workspace: here.workspace,
      sid: "new",
      query: { workflow: workflow.sid, attributes: here.query.try },
    });
  const actions = html`${back}<${Button} glyph="plus" onClick=${create}>Create task<//>`;
  return html`<${Page} title=${workflow.friendly_name} actions=${actions}>
    <${About} workflow=${workflow} />
    <${Tabs} label="Workflow" tabs=${TABS} chosen=${tab.key} choose=${(key) => go({ ...here, tab: key }, { replace: true })}>
      <${tab.component} workflow=${workflow} />
    <//>
  <//>`;
}

function About({ workflow }) {
  const { sid, task_reservation_timeout, assignment_callback_url: url } = workflow;
  return html`<p class="tr-workflow-about tr-soft">
    Workflow <${Sid} sid=${sid} /> · Reservation timeout ${task_reservation_timeout.toLocaleString("en")} s ·${" "}
    ${url ? html`assignment callback <span class="tr-mono"><${Name} text=${url.replace(/^https?:\/\//, "")} /></span>` : "no assignment callback URL"}
  </p>`;
}
