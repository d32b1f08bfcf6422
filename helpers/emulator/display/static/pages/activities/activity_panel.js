// An Activity: its name, to be changed, and the Workers that have it.

import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { Drawer } from "../../components/drawer.js";
import { Field } from "../../components/field.js";
import { updateActivity } from "../../core/calls.js";
import { Link, useRoute } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { toast } from "../../hooks/news.js";
import { Availability } from "../../marks/availability.js";
import { Empty } from "../../marks/empty.js";
import { Name } from "../../marks/name.js";
import { Refusal } from "../../marks/refusal.js";
import { Sid } from "../../marks/sid.js";
import { html, useState } from "../../vendor/preact.js";

const SHOWN = 100;

/** `workers` are those that have the Activity with this SID; `close` goes back to the list. */
export function ActivityPanel({ sid, workers, close }) {
  const activity = useStore((state) => state.records.activities[sid]);
  if (activity) return html`<${Panel} ...${{ activity, workers, close }} />`;
  return html`<${Drawer} title="Activity" close=${close}>
    <${Empty} bold="This Activity isn't here." text="It was deleted, or belongs to a different Workspace." />
  <//>`;
}

function Panel({ activity, workers, close }) {
  const workspace = useStore((state) => state.workspace);
  const [typed, setTyped] = useState(null);
  const { busy, refusal, run } = useActions();
  const stopped = useStopped();
  const name = typed ?? activity.friendly_name;
  const changed = name !== activity.friendly_name;
  const call = updateActivity(workspace, activity, { FriendlyName: name });
  const why = stopped ?? (changed ? undefined : "You haven't changed anything.");

  async function save() {
    if (!(await run(call))?.ok) return;
    setTyped(null);
    toast({ text: `${name} is saved.` });
  }

  const foot = html`
    ${refusal && html`<${Refusal} answer=${refusal} />`}
    <span class="tr-drawer-space"></span>
    <${Button} kind="main" keys="Ctrl ↵" disabled=${busy || Boolean(why)} why=${why} onClick=${save}>Save<//>
  `;
  const above = html`<${Availability} available=${activity.available} name="" /><${Sid} sid=${activity.sid} />`;
  return html`<${Drawer} title=${html`<${Name} text=${activity.friendly_name} />`} close=${close} above=${above} foot=${foot}>
    <${Field} label="Name" hint="its availability can't change">
      <input class="tr-input" value=${name} dir="auto" onInput=${({ target }) => setTyped(target.value)} />
    <//>
    ${changed && html`<${CodeTwin} call=${call} />`}
    <${Workers} workers=${workers} />
  <//>`;
}

function Workers({ workers }) {
  const here = useRoute();
  const to = (worker) => ({ page: "workers", workspace: here.workspace, sid: worker.sid });
  if (!workers.length) return html`<p class="tr-soft">No Worker has this Activity.</p>`;
  return html`<section>
    <p><b>Workers</b> ${workers.length.toLocaleString("en")}</p>
    <ul>
      ${workers.slice(0, SHOWN).map((each) => html`<li key=${each.sid}><${Link} to=${to(each)}><${Name} text=${each.friendly_name} /><//></li>`)}
    </ul>
    ${workers.length > SHOWN && html`<p class="tr-soft">The first ${SHOWN} are listed.</p>`}
  </section>`;
}
