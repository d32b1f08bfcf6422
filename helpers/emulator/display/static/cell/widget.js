// What every view's script is to anywidget: it starts, redraws when the kernel says so, and cleans up after itself.

import { h, keepingPlace, uniqueId } from "../parts/dom.js";
import { paragraph } from "../parts/parts.js";
import { AGAIN, untilKernelEnds } from "./kernel_end.js";

const PATIENCE_MS = 150; // an answer that comes sooner needs no word about waiting
const ENDED = `The kernel has ended, so nobody answers. ${AGAIN}`;
const THEN = `The kernel has ended: this is how it was then. ${AGAIN}`;
const WAITING = "Asked for. The kernel answers as soon as no cell is running.";

/**
 * Make the default export of a view's script.
 *
 * `start(root, { el, ask, send })` puts what stays into `root` and returns `draw(state)`, which is called now and with
 * every new state, and perhaps `heard(answer)`, called with what came of any click in any view, and `end()`. `ask` is
 * what `asking` below makes; `send` wants no answer.
 */
export function widget(start) {
  function render({ model, el }) {
    const root = h("div", { class: "tr" });
    const { ask, hear } = asking(model, (text) => heard({ text, done: false }));
    const { draw, heard = () => {}, end = () => {} } = start(root, { el, ask, send: (request) => model.send(request) });
    const redraw = () => keepingPlace(root, () => draw(model.get("state")));
    const answered = () => {
      hear(model.get("answer"));
      heard(model.get("answer"));
    };
    model.on("change:state", redraw);
    model.on("change:answer", answered);
    redraw();
    heard(model.get("answer"));
    el.append(root);
    let leave = () => {};
    requestAnimationFrame(() => (leave = untilKernelEnds(root, () => turnOff(root)))); // `el` is in the page by then
    return () => {
      leave();
      model.off("change:state", redraw);
      model.off("change:answer", answered);
      end();
    };
  }
  return { initialize, render };
}

function turnOff(root) {
  for (const control of root.querySelectorAll("button, input, select, textarea")) control.disabled = true;
  root.prepend(h("div", { class: "tr-trouble", role: "status" }, paragraph(THEN)));
}

/** Take what the kernel sends of a changed state, also while no view is on the page: only what differs is sent. */
function initialize({ model }) {
  model.on("msg:custom", ({ changed }) => changed && model.set("state", { ...model.get("state"), ...changed }));
}

/**
 * Let controls ask the kernel: `await ask(request, waiting)` gives the answer to this very request.
 *
 * The kernel handles it beside a running cell or, where it cannot, after it. If that takes a moment, `waiting` gets a
 * sentence to show meanwhile; if there is no kernel any more, `lost` gets one.
 */
function asking(model, lost) {
  const open = new Map();
  const ask = (request, waiting) =>
    new Promise((resolve) => {
      const id = uniqueId("click");
      const timer = setTimeout(() => waiting(WAITING), PATIENCE_MS);
      open.set(id, { resolve, timer });
      try {
        model.send({ ...request, id });
      } catch {
        clearTimeout(timer);
        lost(ENDED);
        resolve({ id, text: ENDED, done: false });
      }
    });
  const hear = (answer) => {
    const asked = open.get(answer.id);
    if (!asked) return; // asked by another view of this widget, or before the page was loaded again
    open.delete(answer.id);
    clearTimeout(asked.timer);
    asked.resolve(answer);
  };
  return { ask, hear };
}
