// A Task as the API returns it now, and the way to change what can be changed of it.

import { Button } from "../../components/button.js";
import { fetchTask } from "../../core/calls.js";
import { useStore } from "../../core/store.js";
import { useResource } from "../../hooks/resource.js";
import { Json } from "../../marks/json.js";
import { html, useState } from "../../vendor/preact.js";
import { TaskEditor } from "./task_editor.js";

/** `task` is the Task's record; `gone` says that the API has it no more. */
export function TaskRecord({ task, gone }) {
  const workspace = useStore((state) => state.workspace);
  const { record: body, version } = useResource(fetchTask(workspace, task.sid), task);
  const [editing, edit] = useState(false);
  if (!body) return null;
  if (editing) return html`<${TaskEditor} ...${{ workspace, version }} task=${body} close=${() => edit(false)} />`;
  return html`
    ${!gone && html`<${Button} onClick=${() => edit(true)}>Edit attributes and priority<//>`}
    <pre class="tr-raw tr-scrolls" tabindex="0" aria-label="JSON of the Task"><${Json} text=${JSON.stringify(body, null, 2)} /></pre>
  `;
}
