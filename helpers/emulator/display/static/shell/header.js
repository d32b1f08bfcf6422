// The line on top: whose page this is, which Workspace, that it is local, and how the emulator is reached.

import { Link } from "../core/router.js";
import { useStore } from "../core/store.js";
import { Glyph } from "../marks/glyph.js";
import { html } from "../vendor/preact.js";

const LINK_WORDS = {
  connecting: "",
  connected: "Connected",
  reconnecting: "Reconnecting",
  stopped: "Emulator stopped",
};

/** The header; `workspace` is `{sid, friendly_name}` or null. */
export function Header({ workspace }) {
  return html`<header class="tr-header">
    <${Link} to="/?all" class="tr-home">
      <span class="tr-logo"><${Glyph} name="workflows" /></span>
      <span class="tr-spoken">Workspaces: </span>
      <bdi>${workspace?.friendly_name ?? "Workspaces"}</bdi>
    </${Link}>
    <span class="tr-badge">Local emulator</span>
    <span class="tr-header-space"></span>
    <${LinkState} />
  </header>`;
}

/** How the emulator is reached, in a shape and a word. */
function LinkState() {
  const link = useStore((state) => state.link);
  return html`<span class="tr-link-state" role="status" data-link=${link}>
    ${LINK_WORDS[link] && html`<${Glyph} name=${link} />${LINK_WORDS[link]}`}
  </span>`;
}
