// TaskQueues, each with its Tasks that nobody has accepted yet, the oldest first.

import { age } from "../parts/ages.js";
import { h, keyed, oneStop } from "../parts/dom.js";
import { chip, empty, heading, more } from "../parts/parts.js";

export function queueList(root, { choose }) {
  const title = heading("TaskQueues");
  const list = h("div", {});
  const nothing = empty("no TaskQueues in this Workspace");
  const parts = new WeakMap();
  root.append(title.element, list, nothing);

  function card({ key, name, target }) {
    const count = h("span", { class: "tr-soft" });
    const tasks = h("ul", { class: "tr-rows", "aria-label": `Not accepted yet in ${name}`, "data-scroll": key });
    const rest = more();
    const head = h("header", {}, h("strong", {}, h("bdi", {}, name)), count);
    const says = h("p", { class: "tr-mono tr-soft" }, h("bdi", {}, target));
    const element = h("article", { class: "tr-card" }, head, says, tasks, rest.element);
    parts.set(element, { count, tasks, rest, settle: oneStop(tasks) });
    return element;
  }

  function fill(element, { pending, reserved, tasks: given, more: left }) {
    const { count, tasks, rest, settle } = parts.get(element);
    const wait = pending === 1 ? "1 Task waits" : `${pending || "no"} Tasks wait`;
    count.textContent = reserved ? `${wait}, ${reserved} reserved` : wait;
    tasks.hidden = !given.length;
    keyed(tasks, given, task);
    settle();
    rest.count(left);
  }

  function task({ key, name, status, about, priority, since, chosen }) {
    const attributes = { type: "button", "aria-current": String(chosen), "data-key": `task ${key}` };
    return h(
      "li",
      {},
      h(
        "button",
        { ...attributes, tabindex: "-1", onclick: () => choose(key) },
        h("span", { class: "tr-mono" }, name),
        h("bdi", { class: "tr-mono tr-soft tr-cut", title: about }, about),
        ...(priority ? [h("span", { class: "tr-soft" }, `priority ${priority}`)] : []),
        chip(status),
        age(since),
      ),
    );
  }

  return ({ queues }, { chosen }) => {
    title.count(queues.length);
    nothing.hidden = Boolean(queues.length);
    const items = queues.map((queue) => ({
      ...queue,
      key: `${queue.key} ${queue.name} ${queue.target}`, // one that was renamed is another card; what only fills it is not
      tasks: queue.tasks.map((each) => ({ ...each, chosen: each.key === chosen })),
    }));
    keyed(list, items, card, fill);
  };
}
