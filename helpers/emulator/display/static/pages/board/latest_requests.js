// The latest requests on the Board, the newest above.

import { Link } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { timeOfDay } from "../../core/text.js";
import { html } from "../../vendor/preact.js";
import { Direction } from "../requests/direction.js";
import { outcomeOf, shortPath, tookText } from "../requests/request_words.js";

const SHOWN = 3;

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
          .toReversed()
          .map((each) => html`<li key=${each.number}><${Request} request=${each} /></li>`)}
      </ul>
    </section>
  `;
}

function Request({ request }) {
  const { number, method, path, means, at_ms } = request;
  const { words, tone } = outcomeOf(request);
  return html`<${Link} class="tr-request-row" to=${{ page: "requests", sid: String(number) }}>
    <${Direction} request=${request} />
    <span class="tr-two-lines">
      <span class="tr-oneline tr-mono"><b>${method}</b> ${shortPath(path)}</span>
      <span class="tr-oneline tr-soft" dir="ltr">${means}</span>
    </span>
    <span class="tr-two-lines tr-figures">
      <span class="tr-mono" data-tone=${tone}>${words}</span>
      <span class="tr-soft">${tookText(request)}</span>
    </span>
    <time class="tr-soft tr-mono">${timeOfDay(at_ms)}</time>
  <//>`;
}
