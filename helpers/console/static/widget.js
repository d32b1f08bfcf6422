// What every view's script is to anywidget: it starts, redraws when the kernel says so, and cleans up after itself.

import { h, keepingPlace, uniqueId } from "./dom.js";

const PATIENCE_MS = 150; // an answer that comes sooner needs no word about waiting
const WAITING = "Asked for. The kernel answers as soon as no cell is running.";

/**
 * Make the default export of a view's script.
 *
 * `start(root, { model, ask })` puts what stays into `root` and returns `draw(state)`, which is called now and with
 * every new state, and perhaps `end()`. `ask` is `asking(...)` below.
 */
export function widget(start) {
  function render({ model, el }) {
    const root = h("div", { class: "tr" });
    const { ask, hear } = asking(model);
    const { draw, end = () => {} } = start(root, { model, ask });
    const redraw = () => keepingPlace(root, () => draw(model.get("state")));
    model.on("change:state", redraw);
    model.on("change:answer", hear);
    redraw();
    el.append(root);
    return () => {
      model.off("change:state", redraw);
      model.off("change:answer", hear);
      end();
    };
  }
  return { render };
}

/**
 * Let controls ask the kernel: `await ask(request, waiting)` gives the answer to this very request.
 *
 * The kernel handles it when no cell is running. If that takes a moment, `waiting` gets a sentence to show meanwhile.
 */
function asking(model) {
  const open = new Map();
  const ask = (request, waiting) =>
    new Promise((resolve) => {
      const id = uniqueId("click");
      const timer = setTimeout(() => waiting(WAITING), PATIENCE_MS);
      open.set(id, { resolve, timer });
      model.send({ ...request, id });
    });
  const hear = () => {
    const answer = model.get("answer");
    const asked = open.get(answer.id);
    if (!asked) return; // asked by another view of this widget, or before the page was loaded again
    open.delete(answer.id);
    clearTimeout(asked.timer);
    asked.resolve(answer);
  };
  return { ask, hear };
}
