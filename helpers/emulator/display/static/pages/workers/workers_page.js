// The page of Workers: the list, one of them beside it, and the dialog that creates one.

import { Button } from "../../components/button.js";
import { Page } from "../../components/page.js";
import { go, useRoute } from "../../core/router.js";
import { useRecords } from "../../core/store.js";
import { FilterField } from "../../lists/filter_field.js";
import { html } from "../../vendor/preact.js";
import { WorkerDrawer } from "../worker/worker_drawer.js";
import { CreateWorker } from "./create_worker.js";
import { WorkerList } from "./worker_list.js";

const NEW = "new"; // in the address, where a Worker's SID would stand

export function WorkersPage({ page }) {
  const here = useRoute();
  const count = useRecords("workers").length;
  const list = { ...here, sid: null, tab: null, query: { ...here.query, as: null } };
  const create = () => go({ ...list, sid: NEW });
  const beside =
    here.sid &&
    here.sid !== NEW &&
    html`<${WorkerDrawer} key=${here.sid} sid=${here.sid} tab=${here.tab} close=${() => go(list)} />`;
  const actions = html`<${FilterField} label="Filter Workers" /><${Button} kind=${beside ? "plain" : "main"} glyph="plus" onClick=${create}>Create worker</${Button}>`;
  return html`<${Page} title=${page.title} count=${count || undefined} actions=${actions} beside=${beside}>
    <${WorkerList} create=${create} />
    ${here.sid === NEW && html`<${CreateWorker} workspace=${here.workspace} close=${() => go(list)} created=${(sid) => go({ ...list, sid })} />`}
  </${Page}>`;
}
