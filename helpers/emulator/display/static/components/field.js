// A field with its label, a hint, and what is wrong with what was typed.

import { useId } from "../hooks/ids.js";
import { Glyph } from "../marks/glyph.js";
import { h, html } from "../vendor/preact.js";

/** The one child is the control; it is given `id`, `aria-describedby` and `aria-invalid`. The place of the error is kept. */
export function Field({ label, hint, error, children }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  const attributes = { id, "aria-describedby": described, "aria-invalid": error ? "true" : undefined };
  return html`<div class="tr-labelled">
    <div class="tr-labelled-head">
      <label for=${id}>${label}</label>
      ${hint && html`<span class="tr-soft" id=${`${id}-hint`}>${hint}</span>`}
    </div>
    ${h(children.type, { ...children.props, ...attributes })}
    <p class="tr-labelled-error" id=${`${id}-error`} aria-live="polite">${error && html`<${Glyph} name="cross" /> ${error}`}</p>
  </div>`;
}
