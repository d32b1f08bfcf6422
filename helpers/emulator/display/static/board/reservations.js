// Open Reservations, each with the buttons that answer it.

import { age } from "../parts/ages.js";
import { h, keyed } from "../parts/dom.js";
import { chip, heading, more, waitingChip } from "../parts/parts.js";

export function reservationList(root, { choose, menu, act }) {
  const title = heading("Reservations");
  const list = h("ul", { class: "tr-cards", "data-key": "reservations" });
  const rest = more();
  let activities = [];
  let workers = [];
  root.append(title.element, list, rest.element);

  function item(each) {
    const about = h("bdi", { class: "tr-mono tr-soft tr-cut", title: each.about }, each.about);
    const attributes = { type: "button", class: "tr-link tr-mono", "data-key": `of ${each.key}` };
    const link = h("button", { ...attributes, onclick: () => choose(each.task) }, `Task ${each.task_name}`);
    return h(
      "li",
      { "data-chosen": String(each.chosen), "data-key": `reservation ${each.key}` },
      h("div", { class: "tr-who" }, h("strong", {}, h("bdi", {}, each.worker)), chip(each.status), age(each.since)),
      h("div", { class: "tr-about" }, link, about),
      h("div", { class: "tr-buttons tr-end" }, ...waitingChip(each.waiting), ...answers(each)),
    );
  }

  function answers(each) {
    const opens = { class: "tr-opens", "aria-haspopup": "menu", "aria-expanded": "false" };
    const complete = button(each, "complete", "Complete", {}, () => send(each, "complete", "Complete"));
    const accept = button(each, "accept", "Accept", { class: "tr-main" }, () => send(each, "accept", "Accept"));
    return each.status === "pending" ? [accept, button(each, "reject", "Reject", opens, offerReject)] : [complete];

    function offerReject({ currentTarget }) {
      const now = workers.find(({ key }) => key === each.worker_key)?.activity;
      const named = activities.map((activity) => ({
        ...activity,
        note: activity.available ? "available" : "not available",
      }));
      const stay = named.filter(({ key }) => key === now);
      const text = stay.length ? `Reject, and stay ${stay[0].name}` : "Reject, and keep the Activity";
      const keep = { text, note: stay[0]?.note, choose: () => send(each, "reject", "Reject") };
      const others = named.filter(({ key }) => key !== now);
      const change = others.map(({ key: activity, name, note }) => ({
        text: `Reject, and become ${name}`,
        note,
        choose: () => send(each, "reject", `Reject and become ${name}`, { activity }),
      }));
      menu(currentTarget, `Reject Reservation ${each.name}`, [keep, ...change]);
    }
  }

  function button({ key, name, worker }, action, text, attributes, onclick) {
    const named = { "aria-label": `${text} Reservation ${name} of ${worker}`, "data-key": `${action} ${key}` };
    return h("button", { type: "button", ...named, ...attributes, onclick }, text);
  }

  function send({ task, key: reservation, worker }, action, words, given = {}) {
    act(`${words} for ${worker}`, { action, task, reservation, ...given }, `reservation ${reservation}`);
  }

  return (state, { chosen, waiting }) => {
    ({ activities, workers } = state);
    root.hidden = !state.reservations.length;
    title.count(state.reservations.length + state.more_reservations);
    rest.count(state.more_reservations);
    const items = state.reservations.map((each) => {
      return { ...each, chosen: each.task === chosen, waiting: waiting[`reservation ${each.key}`] };
    });
    keyed(list, items, item);
  };
}
