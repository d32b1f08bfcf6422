// The clock: what time it is, whose time, what the next timer will do, and two ways to move it.

import { form, h, uniqueId } from "../parts/dom.js";

/** Put the clock into `root`. `act(words, request)` sends the request. Returns `draw(state)`. */
export function clock(root, act) {
  const id = uniqueId("seconds");
  const title = h("span", { class: "tr-soft" });
  const time = h("strong", { class: "tr-time" });
  const day = h("span", { class: "tr-soft" });
  const next = h("p", { class: "tr-soft", role: "status" });
  const seconds = h("input", { id, type: "number", min: "1", step: "any", value: "60", required: true });
  const advance = () => act(`Advance ${seconds.value} seconds`, { action: "advance", seconds: seconds.value });
  const jump = h("button", { type: "button", onclick: () => act("To the next timer", { action: "next timer" }) });
  jump.textContent = "To the next timer";
  const label = h("label", { for: id, class: "tr-spoken" }, "Seconds to advance");
  const unit = h("span", { class: "tr-unit", "aria-hidden": "true" }, "s");
  const move = h("span", { class: "tr-join" }, label, seconds, unit, h("button", {}, "Advance"));
  const controls = form({ class: "tr-buttons" }, advance, move, jump);
  root.append(h("div", { class: "tr-clock" }, h("div", { class: "tr-now" }, title, time, day), controls), next);
  return (state) => {
    title.textContent = state.title;
    title.title = state.whose;
    time.textContent = state.time;
    day.textContent = state.day;
    if (next.textContent !== state.next) next.textContent = state.next;
    controls.hidden = state.kind === "live";
    jump.disabled = !state.can_jump;
  };
}
