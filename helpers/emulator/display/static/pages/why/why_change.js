// A change that would get the Task reserved, with the button that makes it and the code that would.

import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { go, route } from "../../core/router.js";
import { html } from "../../vendor/preact.js";

/** The smallest change, in a card; `doing` is what `useWhyAnswer` returns. */
export function SmallestChange({ title, change, doing }) {
  return html`
    <section class="tr-smallest">
      <header><h2>${title}</h2><span class="tr-soft">tried on a copy</span></header>
      <div class="tr-change">
        <p>${change.sentence} <span class="tr-soft">${change.then}</span></p>
        <${ChangeButton} kind="main" change=${change} doing=${doing} />
      </div>
      <${CodeTwin} call=${change.calls} />
    </section>
  `;
}

/** Another change: one line and its button. */
export function OtherChange({ change, doing }) {
  return html`
    <div class="tr-other tr-change">
      <p>Or: ${change.sentence} <span class="tr-soft">${change.then}</span></p>
      <${ChangeButton} change=${change} doing=${doing} />
    </div>
  `;
}

/** The button of a change: it makes the calls or, where a person may want to write something else, opens the editor. */
export function ChangeButton({ kind, change, doing }) {
  const { button, calls, edits } = change;
  const { run, busy, stopped } = doing;
  const edit = () =>
    go({ ...route(), page: "workers", sid: edits.worker, tab: "attributes", query: { attributes: edits.attributes } });
  return html`
    <${Button} kind=${kind} onClick=${edits ? edit : () => run(calls)} disabled=${busy || Boolean(stopped)} why=${stopped}>
      ${button}
    <//>
  `;
}
