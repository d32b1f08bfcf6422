// Open Reservations, each with the buttons that answer it.

import { age } from "./ages.js";
import { h, keyed } from "./dom.js";
import { chip, heading, more, waitingChip } from "./parts.js";

export function reservationList(root, { choose, menu, act }) {
  const title = heading("Reservations");
  const list = h("ul", { class: "tr-cards" });
  const rest = more();
  let activities = [];
  root.append(title.element, list, rest.element);

  function item(each) {
    const about = h("bdi", { class: "tr-mono tr-soft tr-cut", title: each.about }, each.about);
    const link = { type: "button", class: "tr-link tr-mono", "data-key": `of ${each.key}`, onclick: () => choose(each.task) };
    return h(
      "li",
      { "data-chosen": String(each.chosen) },
      h("div", { class: "tr-who" }, h("strong", {}, h("bdi", {}, each.worker)), chip(each.status), age(each.since)),
      h("div", { class: "tr-about" }, h("button", link, `Task ${each.task_name}`), about),
      h("div", { class: "tr-buttons tr-end" }, ...waitingChip(each.waiting), ...answers(each)),
    );
  }

  function answers(each) {
    if (each.status !== "pending") return [button(each, "complete", "Complete", {}, () => send(each, "complete", "Complete"))];
    return [
      button(each, "accept", "Accept", { class: "tr-main" }, () => send(each, "accept", "Accept")),
      button(each, "reject", "Reject", { class: "tr-opens", "aria-haspopup": "menu", "aria-expanded": "false" }, offerReject),
    ];

    function offerReject({ currentTarget }) {
      const keep = { text: "Reject, and keep the Activity", choose: () => send(each, "reject", "Reject") };
      const change = activities.map(({ key: activity, name }) => ({
        text: `Reject, and become ${name}`,
        choose: () => send(each, "reject", `Reject and become ${name}`, { activity }),
      }));
      menu(currentTarget, `Reject Reservation ${each.name}`, [keep, ...change]);
    }
  }

  function button({ key, name, worker }, action, text, attributes, onclick) {
    const label = `${text} Reservation ${name} of ${worker}`;
    return h("button", { type: "button", "aria-label": label, "data-key": `${action} ${key}`, onclick, ...attributes }, text);
  }

  function send({ task, key: reservation, worker }, action, words, given = {}) {
    act(`${words} for ${worker}`, { action, task, reservation, ...given }, `reservation ${reservation}`);
  }

  return (state, { chosen, waiting }) => {
    activities = state.activities;
    root.hidden = !state.reservations.length;
    title.count(state.reservations.length + state.more_reservations);
    rest.count(state.more_reservations);
    const items = state.reservations.map((each) => {
      return { ...each, chosen: each.task === chosen, waiting: waiting[`reservation ${each.key}`] };
    });
    keyed(list, items, item);
  };
}
