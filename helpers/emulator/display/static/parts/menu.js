// A menu that a button opens, above everything else on the page so that nothing can cut it off.

import { arrows, h } from "./dom.js";

/** Put one menu, for all buttons of a view, into `root`; returns `open(button, label, items)`, see `itemOf`. */
export function menuIn(root) {
  const box = h("div", { class: "tr-menu", popover: "auto", role: "menu" });
  let opener = null;
  const close = () => box.hidePopover();
  arrows(box, ["ArrowUp", "ArrowDown"]);
  box.addEventListener("keydown", (event) => event.key === "Tab" && close());
  box.addEventListener("toggle", ({ newState }) => {
    opener?.setAttribute("aria-expanded", String(newState === "open"));
    const listen = newState === "open" ? document.addEventListener : document.removeEventListener;
    listen.call(document, "scroll", close, { capture: true });
  });
  root.append(box);

  function open(button, label, items) {
    opener = button;
    box.setAttribute("aria-label", label);
    box.replaceChildren(...items.map((item) => itemOf(item, close)));
    box.showPopover();
    placeBeside(box, button);
    (box.querySelector('[aria-checked="true"]') ?? box.firstElementChild)?.focus({ preventScroll: true });
  }
  return open;
}

/** One entry: its text, perhaps a note, whether it is the one that is so now, and what happens if it is chosen. */
function itemOf({ text, note, checked, choose }, close) {
  const pick = () => {
    close();
    choose();
  };
  const role = checked === undefined ? "menuitem" : "menuitemradio";
  const attributes = { type: "button", role, "aria-checked": checked === undefined ? undefined : String(checked) };
  return h(
    "button",
    { ...attributes, onclick: pick },
    h("span", { class: "tr-tick", "aria-hidden": "true" }, checked ? "✓" : ""),
    h("bdi", {}, text),
    ...(note ? [h("small", {}, note)] : []),
  );
}

function placeBeside(box, button) {
  const at = button.getBoundingClientRect();
  const below = at.bottom + 4;
  const fits = below + box.offsetHeight <= window.innerHeight;
  box.style.top = `${fits ? below : Math.max(4, at.top - box.offsetHeight - 4)}px`;
  box.style.left = `${Math.max(4, Math.min(at.right - box.offsetWidth, window.innerWidth - box.offsetWidth - 4))}px`;
}
