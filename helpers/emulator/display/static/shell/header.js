// The line on top: which Workspace this is, that it is local, the way to everything, and how the emulator is reached.

import { useStore } from "../core/store.js";
import { Glyph } from "../marks/glyph.js";
import { html } from "../vendor/preact.js";
import { LinkState } from "./link_state.js";
import { WorkspaceMenu } from "./workspace_menu.js";

/** The header; `workspace` is `{sid, friendly_name}` or null, `goTo` and `help` open what they say. */
export function Header({ workspace, goTo, help }) {
  const known = useStore((state) => state.boot !== null);
  return html`<header class="tr-header">
    <span class="tr-logo"><${Glyph} name="workflows" /></span>
    ${known && html`<${WorkspaceMenu} workspace=${workspace} /><span class="tr-badge">Local emulator</span>`}
    <span class="tr-header-space"></span>
    <button type="button" class="tr-go" aria-keyshortcuts="Control+K Meta+K" onClick=${goTo}>
      <${Glyph} name="search" /><span class="tr-go-words">Go to…</span><kbd aria-hidden="true">Ctrl K</kbd>
    </button>
    <${LinkState} />
    <button type="button" class="tr-icon" aria-label="Keyboard and looks" aria-keyshortcuts="?" onClick=${help}>?</button>
  </header>`;
}
