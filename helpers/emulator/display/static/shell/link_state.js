// How the emulator is reached: a shape and a word in the header, and what to do once it has stopped.

import { Button } from "../components/button.js";
import { retry } from "../core/hosts/host.js";
import { useStore } from "../core/store.js";
import { toast } from "../hooks/news.js";
import { Glyph } from "../marks/glyph.js";
import { Note } from "../marks/note.js";
import { html, useEffect, useRef } from "../vendor/preact.js";

const WORDS = { connected: "Connected", reconnecting: "Reconnecting", stopped: "Emulator stopped" };

/** The state in the header; what to do stands at the lower right, where it hides neither navigation nor a title. */
export function LinkState() {
  const link = useStore((state) => state.link);
  useRestartNews();
  return html`<span class="tr-link-state" role="status" data-link=${link}>
      ${WORDS[link] && html`<${Glyph} name=${link} /><span>${WORDS[link]}</span>`}
    </span>
    ${link === "stopped" && html`<${Stopped} />`}`;
}

function Stopped() {
  const again = html`<${Button} onClick=${retry}>Retry</${Button}>`;
  return html`<div class="tr-stopped">
    <${Note} tone="bad" glyph="stopped" bold="The emulator has stopped." buttons=${[again]}>
      Start it again as it was started, for example with <code>taskrouter-emulator</code>. What stands here is from before, and
      what you typed is kept.
    </${Note}>
  </div>`;
}

/** Say so when another emulator answers than before. */
function useRestartNews() {
  const boot = useStore((state) => state.boot);
  const before = useRef(boot);
  useEffect(() => {
    if (before.current && boot !== before.current) {
      toast({ tone: "info", text: "The emulator was restarted. You see its new state." });
    }
    before.current = boot;
  }, [boot]);
}
