// The page of Settings: what the Workspace itself is set to.

import { Page } from "../../components/page.js";
import { useStore } from "../../core/store.js";
import { Sid } from "../../marks/sid.js";
import { html } from "../../vendor/preact.js";
import { SettingsForm } from "./settings_form.js";

/** `…/settings` */
export function SettingsPage({ page }) {
  const workspace = useStore((state) => Object.values(state.records.workspace)[0]);
  return html`<${Page} title=${page.title}>
    ${
      workspace &&
      html`<p class="tr-workflow-about tr-soft">Workspace <${Sid} sid=${workspace.sid} /></p>
        <${SettingsForm} key=${workspace.sid} workspace=${workspace} />`
    }
  <//>`;
}
