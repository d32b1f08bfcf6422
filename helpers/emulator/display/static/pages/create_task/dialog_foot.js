// The foot of "Create task": the code, what the emulator refused, and the two buttons.

import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { useWidth } from "../../hooks/width.js";
import { Note } from "../../marks/note.js";
import { Refusal } from "../../marks/refusal.js";
import { html } from "../../vendor/preact.js";

/** `form` is the id of the form that is sent; `stopped` says why nothing can be sent; what was typed stays. `beginAgain` empties a draft. */
export function DialogFoot({ form, call, busy, stopped, refusal, close, beginAgain }) {
  const docked = useWidth() === "docked";
  return html`<div class="tr-create-foot">
    <${CodeTwin} call=${call} folded=${docked} />
    ${refusal && html`<${Refusal} answer=${refusal} />`}
    ${stopped && html`<${Note} tone="wait" bold=${stopped} />`}
    <div class="tr-foot-buttons">
      <span class="tr-soft">
        ${beginAgain ? "This is what you typed before." : "Nothing is created until you click."}
        ${beginAgain && html`<${Button} kind="quiet" onClick=${beginAgain}>Begin again<//>`}
      </span>
      <${Button} onClick=${close}>Cancel<//>
      <${Button} kind="main" type="submit" form=${form} keys="Ctrl ↵" disabled=${busy || Boolean(stopped)} why=${stopped}>Create task<//>
    </div>
  </div>`;
}
