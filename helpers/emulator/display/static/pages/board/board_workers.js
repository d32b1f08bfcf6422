// Workers on the Board: what each can do, what each has, and the menu that sets the Activity.

import { Link, route } from "../../core/router.js";
import { useRecords, useStore } from "../../core/store.js";
import { timeOfDay } from "../../core/text.js";
import { Name } from "../../marks/name.js";
import { html } from "../../vendor/preact.js";
import { ActivityMenu } from "../workers/activity_menu.js";
import { attributesInShort, capacityInShort, channelsOf, movedAt } from "../workers/worker_words.js";

const SHOWN = 20; // more stand on the page of Workers

/** The first Workers, and how many more there are. */
export function BoardWorkers() {
  const workers = useRecords("workers");
  const page = { ...route(), page: "workers", sid: null, tab: null, query: {} };
  return html`
    <section class="tr-board-part" aria-labelledby="board-workers">
      <header><h2 id="board-workers">Workers <span class="tr-soft tr-figures">${workers.length.toLocaleString("en")}</span></h2></header>
      ${
        workers.length
          ? html`<ul class="tr-box tr-entries">
            ${workers.slice(0, SHOWN).map((worker) => html`<${Row} key=${worker.sid} worker=${worker} />`)}
          </ul>`
          : html`<p class="tr-soft">No Workers yet. Without one, every Task waits.</p>`
      }
      ${workers.length > SHOWN && html`<${Link} to=${page}>All ${workers.length.toLocaleString("en")} Workers<//>`}
    </section>
  `;
}

function Row({ worker }) {
  const used = useStore((state) => capacityInShort(channelsOf(state.records, worker.sid)));
  const moved = useStore((state) => movedAt(state.records, worker));
  return html`<li class="tr-worker-row">
    <div class="tr-two-lines">
      <div class="tr-oneline">
        <${Link} to=${{ ...route(), page: "workers", sid: worker.sid, tab: null, query: {} }}><${Name} text=${worker.friendly_name} /><//>
      </div>
      <div class="tr-oneline tr-soft" title=${worker.attributes}><bdi dir="ltr">${attributesInShort(worker.attributes)}</bdi></div>
      ${used
        .split("; ")
        .filter(Boolean)
        .map((each) => html`<div class="tr-soft" key=${each}>${each}</div>`)}
      ${moved && html`<div class="tr-soft">moved here at ${timeOfDay(moved)}: an offer wasn't answered</div>`}
    </div>
    <${ActivityMenu} worker=${worker} />
  </li>`;
}
