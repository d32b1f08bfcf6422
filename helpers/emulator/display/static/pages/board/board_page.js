// The first page: the Task that changed last, what waits and why, the Workers, and what was requested last.
//
// A cell shows it, too: it has no navigation, and its columns depend on its own width.

import { html } from "../../vendor/preact.js";
import { UnknownTypes } from "../unknown_types.js";
import { WhyBook } from "../why/why_book.js";
import { BoardTasks } from "./board_tasks.js";
import { BoardWorkers } from "./board_workers.js";
import { LatestRequests } from "./latest_requests.js";
import { LatestTask } from "./latest_task.js";
import { OfferNotes } from "./offer_notes.js";

/** The Board of the Workspace that is watched. */
export function BoardPage() {
  return html`
    <${WhyBook}>
      <div class="tr-board">
        <h1 class="tr-spoken" tabindex="-1">Board</h1>
        <${UnknownTypes} />
        <${OfferNotes} />
        <${LatestTask} />
        <div class="tr-board-columns">
          <${BoardTasks} />
          <div class="tr-board-side"><${BoardWorkers} /><${LatestRequests} /></div>
        </div>
      </div>
    <//>
  `;
}
