// The lifecycle strip. The same five items are kept, so that a change of state is a quiet transition.

import { h } from "./dom.js";
import { paragraph } from "./parts.js";

const MARKS = { done: "✓", now: "●", next: "", "to come": "", "not reached": "–" };

/** Put a strip into `root`; the function returned shows a Task's stages and sentences. */
export function strip(root) {
  const stages = h("ol", { class: "tr-stages", "aria-label": "TaskRouter lifecycle of the Task" });
  const sentences = h("div", { class: "tr-sentences", role: "status" });
  root.append(stages, sentences);
  return (state) => {
    if (!stages.children.length) stages.append(...state.stages.map(stageItem));
    for (const [place, [, progress]] of state.stages.entries()) markStage(stages.children[place], progress);
    sentences.replaceChildren(...state.sentences.map(paragraph));
    sentences.lastElementChild.dataset.next = "true";
  };
}

function stageItem([name]) {
  return h(
    "li",
    { class: "tr-stage" },
    h("span", { class: "tr-mark", "aria-hidden": "true" }),
    h("span", { class: "tr-name" }, name),
    h("span", { class: "tr-state" }),
  );
}

function markStage(item, progress) {
  const [mark, , words] = item.children;
  item.dataset.state = progress;
  item.setAttribute("aria-current", progress === "now" ? "step" : "false");
  mark.textContent = MARKS[progress];
  words.textContent = progress;
}
