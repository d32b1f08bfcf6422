// What happened, the newest first, in words; all of it, or what concerns one Task.

import { h, keyed, uniqueId } from "../parts/dom.js";
import { empty } from "../parts/parts.js";

/** Put the timeline into `root`. Returns `draw(state)`. */
export function timeline(root) {
  const id = uniqueId("filter");
  const filter = h("select", { id, onchange: () => show() });
  const label = "Events, the newest first";
  const list = h("ol", { class: "tr-events", tabindex: "0", "aria-label": label, "data-scroll": "events" });
  const nothing = empty("no events yet");
  let events = [];
  root.append(h("div", { class: "tr-filter" }, h("label", { for: id }, "Show"), filter), list, nothing);

  function show() {
    const shown = events.filter(({ task }) => !filter.value || task === filter.value);
    list.hidden = !shown.length;
    nothing.hidden = Boolean(shown.length);
    keyed(list, shown, eventItem);
  }

  function offer(names) {
    const wanted = filter.value;
    const options = [["", "all events"], ...names.map((task) => [task, `Task ${task.slice(0, 6)}…`])];
    filter.replaceChildren(...options.map(([value, text]) => h("option", { value }, text)));
    filter.value = names.includes(wanted) ? wanted : "";
  }

  return (state) => {
    if (state.events === events) return;
    events = state.events;
    const names = [...new Set(events.map(({ task }) => task).filter(Boolean))];
    const offered = [...filter.options].slice(1).map(({ value }) => value);
    if (names.join() !== offered.join()) offer(names);
    show();
  };
}

function eventItem({ time, type, text, tone }) {
  return h(
    "li",
    { "data-tone": tone },
    h("time", { class: "tr-mono tr-soft" }, time),
    h("span", { dir: "auto" }, text),
    h("small", { class: "tr-mono tr-soft" }, type),
  );
}
