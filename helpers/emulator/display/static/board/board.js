// The board: open Reservations above, TaskQueues with what waits in them and Workers below.

import { showAges } from "../parts/ages.js";
import { h } from "../parts/dom.js";
import { queueList } from "./queues.js";
import { reservationList } from "./reservations.js";
import { workerList } from "./workers.js";

/**
 * Put the board into `root`; returns `draw(state, place)`, where `place` has the `chosen` Task and what is `waiting`.
 *
 * `choose(task)` shows a Task, `menu(button, label, items)` opens a menu, `act(words, request, key)` sends the request.
 */
export function board(root, { choose, menu, act }) {
  const reservations = h("section", { "aria-label": "Open Reservations" });
  const queues = h("section", { "aria-label": "TaskQueues" });
  const workers = h("section", { "aria-label": "Workers" });
  root.append(reservations, h("div", { class: "tr-columns" }, queues, workers));
  const draw = [
    reservationList(reservations, { choose, menu, act }),
    queueList(queues, { choose }),
    workerList(workers, { menu, act }),
  ];
  return (state, place) => {
    for (const each of draw) each(state, place);
    showAges(root, state.clock.now);
  };
}
