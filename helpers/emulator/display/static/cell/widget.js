// What every view of one answer is to anywidget: it is drawn from the widget's state, and its controls ask the kernel.

import { html, render } from "../vendor/preact.js";
import { AGAIN, untilKernelEnds } from "./kernel_end.js";

const PATIENCE_MS = 150; // an answer that comes sooner needs no word about waiting
const ENDED = `The kernel has stopped, so this view is out of date. ${AGAIN}`;
const THEN = `The kernel has stopped. You see the state from that time. ${AGAIN}`;
const WAITING = "Waiting for the kernel. A running cell has to finish first.";

/**
 * Make the default export of a view's script. `View` gets the `state`, the `outcome` of the last click in any view, which is
 * a word about waiting meanwhile, and `ask(request, words)`, which gives the answer to this very request.
 */
export function widget(View) {
  function mount({ model, el }) {
    const root = document.createElement("div");
    root.className = "tr tr-view";
    // JupyterLab would take Enter, the arrow keys and letters for its own; it looks at the element that has the focus.
    root.addEventListener("focusin", ({ target }) => target.setAttribute("data-lm-suppress-shortcuts", "true"));
    const shown = { outcome: model.get("answer"), hasEnded: false };
    const { ask, hear } = asking(model, (outcome) => draw({ outcome }));
    const draw = (news) => {
      Object.assign(shown, news);
      render(
        html`<${Frame} hasEnded=${shown.hasEnded}><${View} state=${model.get("state")} outcome=${shown.outcome} ask=${ask} /></${Frame}>`,
        root,
      );
    };
    const redraw = () => draw();
    const answered = () => {
      draw({ outcome: model.get("answer") });
      hear(model.get("answer"));
    };
    model.on("change:state", redraw);
    model.on("change:answer", answered);
    redraw();
    el.append(root);
    let leave = () => {};
    requestAnimationFrame(() => (leave = untilKernelEnds(root, () => draw({ hasEnded: true })))); // `el` is in the page by then
    return () => {
      leave();
      model.off("change:state", redraw);
      model.off("change:answer", answered);
      if (!shown.hasEnded) render(null, root); // else what was drawn stays
    };
  }
  return { initialize, render: mount };
}

/** The view, and when the kernel has ended a word about that, with all controls off. */
function Frame({ hasEnded, children }) {
  return html`<fieldset class="tr-frame" role="none" disabled=${hasEnded}>
    ${hasEnded && html`<p class="tr-then" role="status">${THEN}</p>`}
    ${children}
  </fieldset>`;
}

/** Take what the kernel sends of a changed state, also while no view is on the page: only what differs is sent. */
function initialize({ model }) {
  model.on("msg:custom", ({ changed }) => changed && model.set("state", { ...model.get("state"), ...changed }));
}

/** Let controls ask the kernel, which answers beside a running cell or, where it cannot, after it. */
function asking(model, show) {
  const open = new Map();
  const ask = (request, words) =>
    new Promise((resolve) => {
      const id = `${Date.now()}-${Math.random()}`; // an answer goes to every view of the widget
      const timer = setTimeout(() => show({ text: words ? `${words}: ${WAITING}` : WAITING }), PATIENCE_MS);
      open.set(id, { resolve, timer });
      try {
        model.send({ ...request, id });
      } catch {
        clearTimeout(timer);
        const answer = { id, text: ENDED, done: false };
        show(answer);
        resolve(answer);
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
