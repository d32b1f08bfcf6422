// Workers, each with a menu of Activities and the capacity of the channels in use.

import { h, keyed, oneStop } from "../parts/dom.js";
import { empty, heading, more, waitingChip } from "../parts/parts.js";

export function workerList(root, { menu, act }) {
  const title = heading("Workers");
  const list = h("ul", { class: "tr-rows tr-workers", "data-scroll": "workers", "aria-label": "Workers" });
  const card = h("div", { class: "tr-card" }, list);
  const nothing = empty("no Workers in this Workspace");
  const rest = more();
  const settle = oneStop(list);
  let activities = [];
  root.append(title.element, card, nothing, rest.element);

  function item(worker) {
    const says = worker.available ? "available" : "not available";
    const name = h("strong", {}, h("bdi", {}, worker.name));
    const open = {
      type: "button",
      class: "tr-opens",
      tabindex: "-1",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": `Activity of ${worker.name}: ${worker.activity_name}, ${says}`,
      "data-key": `worker ${worker.key}`,
      onclick: ({ currentTarget }) => menu(currentTarget, `Activity of ${worker.name}`, choices(worker)),
    };
    return h(
      "li",
      {},
      h("span", { class: "tr-dot", "data-available": String(worker.available), title: says, "aria-hidden": "true" }),
      h("span", { class: "tr-name" }, name, h("small", { class: "tr-soft", title: worker.about }, worker.capacity)),
      ...waitingChip(worker.waiting),
      h("button", open, h("bdi", {}, worker.activity_name)),
    );
  }

  function choices(worker) {
    const change = (activity, name) => {
      const request = { action: "activity", worker: worker.key, activity };
      act(`${worker.name} becomes ${name}`, request, `worker ${worker.key}`);
    };
    return activities.map(({ key: activity, name, available }) => ({
      text: name,
      note: available ? "available" : "not available",
      checked: activity === worker.activity,
      choose: () => change(activity, name),
    }));
  }

  return (state, { waiting }) => {
    activities = state.activities;
    title.count(state.workers.length + state.more_workers);
    rest.count(state.more_workers);
    card.hidden = !state.workers.length;
    nothing.hidden = Boolean(state.workers.length);
    const items = state.workers.map((worker) => ({ ...worker, waiting: waiting[`worker ${worker.key}`] }));
    keyed(list, items, item);
    settle();
  };
}
