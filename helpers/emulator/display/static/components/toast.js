// Good news, one at a time, at the lower right. Errors never stand here: they stay where they belong until they are mended.

import { endNews, useNews } from "../hooks/news.js";
import { Glyph } from "../marks/glyph.js";
import { html, useEffect, useRef } from "../vendor/preact.js";

const SHOWN_MS = 6000;
const WITH_ACTION_MS = 8000;
const GLYPHS = { good: "tick", offer: "reserved", info: "info" };

/** The place of the toast; one for each page or cell. */
export function Toasts() {
  const news = useNews();
  return html`<div class="tr-toasts" role="status">${news && html`<${Toast} key=${news.text} news=${news} />`}</div>`;
}

function Toast({ news }) {
  const { tone = "good", text, action } = news;
  const timer = useRef();
  const stop = () => clearTimeout(timer.current);
  const start = () => {
    stop(); // the pointer may leave while the focus is here
    timer.current = setTimeout(endNews, action ? WITH_ACTION_MS : SHOWN_MS, news);
  };
  useEffect(() => {
    start();
    return stop;
  }, [news]);
  const press = () => {
    endNews(news);
    action.onClick();
  };
  return html`<div class="tr-toast" onPointerEnter=${stop} onPointerLeave=${start} onFocusIn=${stop} onFocusOut=${start}>
    <${Glyph} name=${GLYPHS[tone]} /><span dir="ltr">${text}</span>
    ${action && html`<button type="button" onClick=${press}>${action.text}</button>`}
  </div>`;
}
