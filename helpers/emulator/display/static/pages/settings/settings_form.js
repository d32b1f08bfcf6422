// The settings of a Workspace as a form: whatever differs is saved as one call.

import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { updateWorkspace } from "../../core/calls.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { useDraft } from "../../hooks/drafts.js";
import { toast } from "../../hooks/news.js";
import { Refusal } from "../../marks/refusal.js";
import { html, useRef, useState } from "../../vendor/preact.js";
import { EventSettings } from "./event_settings.js";
import { GeneralSettings } from "./general_settings.js";
import { changesOf, mistakesIn, settingsOf } from "./settings_changes.js";

const NOTHING = {}; // is changed

/** `workspace` is the record. */
export function SettingsForm({ workspace }) {
  const [draft, setDraft, drop] = useDraft(`settings of ${workspace.sid}`, NOTHING);
  const [asked, setAsked] = useState(false);
  const { busy, refusal, run } = useActions();
  const form = useRef(null);
  const settings = { ...settingsOf(workspace), ...draft };
  const call = updateWorkspace(workspace.sid, changesOf(workspace, settings));
  const mistakes = mistakesIn(settings);
  const why = useReason(call, mistakes);

  async function save(event) {
    event.preventDefault();
    setAsked(true);
    const [first] = Object.keys(mistakes);
    if (first) return form.current.querySelector(`[name=${first}]`).focus();
    if (why || !(await run(call))?.ok) return;
    drop();
    setAsked(false);
    toast({ text: `${settings.friendly_name} is saved.` });
  }

  const fields = {
    workspace,
    settings,
    wrong: asked ? mistakes : {},
    set: (more) => setDraft({ ...draft, ...more }),
  };
  return html`<form class="tr-workflow-settings" ref=${form} onSubmit=${save} noValidate>
    <${GeneralSettings} ...${fields} />
    <${EventSettings} ...${fields} />
    ${refusal && html`<${Refusal} answer=${refusal} />`}
    <div class="tr-configuration-foot tr-page-foot">
      <span class="tr-drawer-space"></span>
      ${draft !== NOTHING && html`<${Button} onClick=${drop}>Undo<//>`}
      <${Button} kind="main" type="submit" keys="Ctrl ↵" disabled=${busy || Boolean(why)} why=${why}>Save<//>
    </div>
    ${saves(call) && html`<${CodeTwin} call=${call} />`}
  </form>`;
}

function saves(call) {
  return Object.keys(call.form).length > 0;
}

/** Why nothing can be saved now; undefined also if there are mistakes, which a click on Save shows. */
function useReason(call, mistakes) {
  const stopped = useStopped();
  return stopped ?? (saves(call) || Object.keys(mistakes).length ? undefined : "You haven't changed anything.");
}
