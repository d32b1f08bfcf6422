// The mistakes in a configuration, each with its place as a button.

import { Glyph } from "../../marks/glyph.js";
import { html } from "../../vendor/preact.js";

/** `errors` are {line, column, path, words, hint}; `show(error)` leads to its place. */
export function ConfigurationErrors({ errors, show }) {
  const told = errors.filter(({ path }) => path !== ""); // what isn't JSON the editor says itself
  return html`<ul class="tr-configuration-errors" aria-live="polite">
    ${told.map(
      (error, place) => html`<li key=${place}>
        <${Glyph} name="cross" />
        <div>
          <button type="button" class="tr-expression-place" onClick=${() => show(error)}>Line ${error.line}</button>${" "}
          <span class="tr-mono">${error.path}: ${error.words}</span>
          ${error.hint && html`<p class="tr-soft">${error.hint}</p>`}
        </div>
      </li>`,
    )}
  </ul>`;
}
