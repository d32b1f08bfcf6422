// A dialog over everything: the browser's own, so that Tab stays in it and Escape closes it.

import { useId } from "../hooks/ids.js";
import { Glyph } from "../marks/glyph.js";
import { html, useLayoutEffect, useRef } from "../vendor/preact.js";

/** What has `autofocus` gets the focus first, else the first control; afterwards it returns to what opened the dialog. */
export function Dialog({ title, close, children, foot }) {
  const id = useId();
  const dialog = useRef();
  useLayoutEffect(() => {
    const { current } = dialog;
    const opener = document.activeElement;
    current.showModal();
    current.querySelector("[autofocus]")?.focus();
    return () => {
      current.close();
      if (opener.isConnected) opener.focus();
    };
  }, []);
  const cancel = (event) => {
    event.preventDefault(); // the owner closes it: it may have something to keep first
    close();
  };
  return html`<dialog class="tr-dialog" ref=${dialog} aria-labelledby=${id} onCancel=${cancel}>
    <div class="tr-dialog-head">
      <h2 id=${id} tabindex="-1">${title}</h2>
      <button type="button" class="tr-icon" aria-label="Close" onClick=${close}><${Glyph} name="close" /></button>
    </div>
    <div class="tr-dialog-body">${children}</div>
    ${foot && html`<div class="tr-dialog-foot">${foot}</div>`}
  </dialog>`;
}
