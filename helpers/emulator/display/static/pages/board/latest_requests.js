// The latest requests on the Board, the newest above.

import { Link } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { shortSid, timeOfDay } from "../../core/text.js";
import { Glyph } from "../../marks/glyph.js";
import { html } from "../../vendor/preact.js";

const SHOWN = 3;
const SID = /[A-Z]{2}[0-9a-f]{32}/g;

/** Three requests, and the way to all of them. */
export function LatestRequests() {
  const requests = useStore((state) => state.requests);
  if (!requests.length) return null;
  return html`
    <section class="tr-board-part" aria-labelledby="board-requests">
      <header>
        <h2 id="board-requests">Requests</h2>
        <${Link} to=${{ page: "requests" }}>All<span class="tr-spoken"> requests</span><//>
      </header>
      <ul class="tr-box tr-entries">
        ${requests
          .slice(-SHOWN)
          .reverse()
          .map((each) => html`<li key=${each.number}><${Request} ...${each} /></li>`)}
      </ul>
    </section>
  `;
}

function Request({ number, kind, method, path, means, status, error, took_ms, at_ms }) {
  const isCallback = kind === "callback";
  return html`<${Link} class="tr-request-row" to=${{ page: "requests", sid: String(number) }}>
    <span class="tr-direction" data-kind=${kind}><${Glyph} name=${isCallback ? "right" : "left"} /></span>
    <span class="tr-two-lines">
      <span class="tr-oneline tr-mono"><span class="tr-spoken">${isCallback ? "Callback" : "Request"} </span><b>${method}</b> ${inShort(path)}</span>
      <span class="tr-oneline tr-soft" dir="auto">${means}</span>
    </span>
    <span class="tr-two-lines tr-figures">
      <span class="tr-mono" data-good=${String(status !== null && status < 400)}>${status ?? error}</span>
      <span class="tr-soft">${took_ms} ms</span>
    </span>
    <time class="tr-soft tr-mono">${timeOfDay(at_ms)}</time>
  <//>`;
}

/** A path below the Workspace, with its SIDs in short. */
function inShort(path) {
  return path.replace(/^\/v1\/Workspaces\/WS[0-9a-f]{32}(?=\/)/, "").replace(SID, shortSid);
}
