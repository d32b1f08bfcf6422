// Good news, one at a time, at the lower right. Errors never stand here: they stay where they belong until they are mended.

import { Glyph } from "../marks/glyph.js";
import { html, useEffect, useLayoutEffect, useReducer, useRef } from "../vendor/preact.js";

const SHOWN_MS = 6000;
const WITH_ACTION_MS = 8000;
const GLYPHS = { good: "tick", offer: "reserved", info: "info" };
const listeners = new Set();
const current = { toast: null };

/** Say something good, such as `{tone: "offer", text: "Alice is reserved", action: {text: "Undo", onClick}}`. */
export function toast(news) {
  current.toast = news;
  for (const listener of [...listeners]) listener();
}

/** The place of the toast; one for each page or cell. */
export function Toasts() {
  const [, redraw] = useReducer((count) => count + 1, 0);
  useLayoutEffect(() => {
    listeners.add(redraw);
    return () => listeners.delete(redraw);
  }, []);
  return html`<div class="tr-toasts" role="status">${current.toast && html`<${Toast} key=${current.toast.text} news=${current.toast} />`}</div>`;
}

function Toast({ news }) {
  const { tone = "good", text, action } = news;
  const timer = useRef();
  const start = () => {
    timer.current = setTimeout(() => current.toast === news && toast(null), action ? WITH_ACTION_MS : SHOWN_MS);
  };
  const stop = () => clearTimeout(timer.current);
  useEffect(() => {
    start();
    return stop;
  }, [news]);
  const press = () => {
    toast(null);
    action.onClick();
  };
  return html`<div class="tr-toast" onPointerEnter=${stop} onPointerLeave=${start} onFocusIn=${stop} onFocusOut=${start}>
    <${Glyph} name=${GLYPHS[tone]} /><span dir="auto">${text}</span>
    ${action && html`<button type="button" onClick=${press}>${action.text}</button>`}
  </div>`;
}
