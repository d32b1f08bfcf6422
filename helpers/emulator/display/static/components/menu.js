// A button and the list of choices that it opens, over everything, so that no edge cuts it.

import { useId } from "../hooks/ids.js";
import { useTabIndex } from "../hooks/row_place.js";
import { rove } from "../lists/roving.js";
import { Glyph } from "../marks/glyph.js";
import { html, useLayoutEffect, useRef, useState } from "../vendor/preact.js";

const GAP = 4; // px between button and list

/**
 * `button` is what the button shows, `label` what it is about, said before that. `items` are `{key, text, note, checked,
 * choose}`; those with `checked` are a choice of one. `kind` is that of a Button; `disabled` with `why` as there.
 */
export function Menu({ button, label, items, kind = "plain", keys, disabled, why }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const opener = useRef();
  const tabindex = useTabIndex();
  const close = () => {
    setOpen(false);
    opener.current.focus();
  };
  const closed = () => {
    setOpen(false);
    const { activeElement } = document;
    if (activeElement === document.body || activeElement?.closest(".tr-popup")) opener.current.focus(); // else somebody clicked elsewhere
  };
  const press = (event) => {
    if (!disabled && (event.type === "click" || event.key === "ArrowDown")) setOpen(event.type === "keydown" || !open);
  };
  return html`<span class="tr-menu-place">
    <button
      type="button"
      class="tr-button"
      ref=${opener}
      data-kind=${kind}
      aria-haspopup="menu"
      aria-expanded=${open ? "true" : "false"}
      aria-controls=${open ? id : undefined}
      aria-disabled=${disabled ? "true" : undefined}
      aria-keyshortcuts=${keys}
      title=${disabled ? why : undefined}
      tabindex=${tabindex}
      onClick=${press}
      onKeyDown=${press}
    >
      ${label && html`<span class="tr-spoken">${label}: </span>`}<span class="tr-menu-words">${button}</span><${Glyph} name="down" />
    </button>
    ${open && html`<${Popup} id=${id} opener=${opener.current} items=${items} ...${{ close, closed }} />`}
  </span>`;
}

function Popup({ id, opener, items, close, closed }) {
  const popup = useRef();
  useLayoutEffect(() => {
    const { current } = popup;
    current.showPopover();
    place(current, opener.getBoundingClientRect());
    (current.querySelector("[aria-checked=true]") ?? current.querySelector("button"))?.focus();
    const moved = ({ target }) => {
      if (current.contains(target)) return;
      if (isInSight(opener, target)) place(current, opener.getBoundingClientRect());
      else close();
    };
    document.addEventListener("scroll", moved, { capture: true, passive: true });
    return () => document.removeEventListener("scroll", moved, { capture: true });
  }, []);
  const onKeyDown = (event) => {
    if (rove(event, "button") || event.key.length !== 1 || event.ctrlKey || event.metaKey) {
      if (event.key === "Tab") close();
      return;
    }
    event.stopPropagation(); // a letter finds an entry, nothing else
    find(popup.current, event.key)?.focus();
  };
  const choose = (item) => {
    close();
    item.choose();
  };
  return html`<div
    class="tr-popup"
    role="menu"
    popover="auto"
    id=${id}
    ref=${popup}
    onKeyDown=${onKeyDown}
    onToggle=${({ newState }) => newState === "closed" && closed()}
  >
    ${items.map(
      (item) => html`<button
        type="button"
        key=${item.key}
        role=${item.checked === undefined ? "menuitem" : "menuitemradio"}
        aria-checked=${item.checked === undefined ? undefined : String(item.checked)}
        tabindex="-1"
        onClick=${() => choose(item)}
      >
        <span class="tr-popup-mark">${item.checked && html`<${Glyph} name="tick" />`}</span>
        <span>${item.text}</span>
        ${item.note && html`<span class="tr-soft">${item.note}</span>`}
      </button>`,
    )}
  </div>`;
}

/** Put the list below its button, or above where there is no room, and inside the window. */
function place(popup, { left, right, top, bottom, width }) {
  const { offsetWidth, offsetHeight, style } = popup;
  const below = bottom + GAP + offsetHeight <= innerHeight || top < innerHeight - bottom;
  style.minWidth = `${width}px`;
  style.top = `${below ? bottom + GAP : Math.max(GAP, top - GAP - offsetHeight)}px`;
  style.maxHeight = `${below ? innerHeight - bottom - 2 * GAP : top - 2 * GAP}px`;
  style.left = `${Math.max(GAP, left + offsetWidth > innerWidth - GAP ? right - Math.max(offsetWidth, width) : left)}px`;
}

/** True while `element` isn't scrolled out of what was scrolled. */
function isInSight(element, scrolled) {
  const { top, bottom } = element.getBoundingClientRect();
  const around = scrolled.getBoundingClientRect?.() ?? { top: 0, bottom: innerHeight }; // the document has none
  return bottom > Math.max(0, around.top) && top < Math.min(innerHeight, around.bottom);
}

/** The next entry that begins with a letter. */
function find(popup, letter) {
  const all = [...popup.querySelectorAll("button")];
  const after = all.indexOf(document.activeElement) + 1;
  const begins = (each) => each.textContent.trim().toLowerCase().startsWith(letter.toLowerCase());
  return [...all.slice(after), ...all.slice(0, after)].find(begins);
}
