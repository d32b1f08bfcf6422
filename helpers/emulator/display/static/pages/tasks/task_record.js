// A Task as the API returns it now, and the way to change what can be changed of it.

import { Button } from "../../components/button.js";
import { call } from "../../core/hosts/host.js";
import { useStore } from "../../core/store.js";
import { Json } from "../../marks/json.js";
import { html, useEffect, useState } from "../../vendor/preact.js";
import { TaskEditor } from "./task_editor.js";

/** `task` is the Task's record; `gone` says that the API has it no more. */
export function TaskRecord({ task, gone }) {
  const workspace = useStore((state) => state.workspace);
  const [body, version] = useBody(workspace, task);
  const [editing, edit] = useState(false);
  if (!body) return null;
  if (editing) return html`<${TaskEditor} ...${{ workspace, version }} task=${body} close=${() => edit(false)} />`;
  return html`
    ${!gone && html`<${Button} onClick=${() => edit(true)}>Edit attributes and priority<//>`}
    <pre class="tr-raw tr-scrolls" tabindex="0" aria-label="JSON of the Task"><${Json} text=${JSON.stringify(body, null, 2)} /></pre>
  `;
}

/** The Task as `GET` answers it, read again when its record changes, and its version; the last one stays when it is gone. */
function useBody(workspace, task) {
  const [answer, setAnswer] = useState({});
  useEffect(() => {
    let wanted = true;
    const put = (given) => wanted && given.status === 200 && setAnswer(given);
    call({ method: "GET", path: `/v1/Workspaces/${workspace}/Tasks/${task.sid}` }).then(put, () => {});
    return () => {
      wanted = false;
    };
  }, [workspace, task]);
  return [answer.body, answer.headers?.etag?.replace(/^(W\/)?"|"$/g, "")];
}
