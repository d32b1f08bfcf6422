// One part of an exchange: pairs as a table, or a text, each with a button that copies it.

import { html } from "../vendor/preact.js";
import { CopyButton } from "./copy_button.js";

export function Part({ title, pairs, text, empty }) {
  if (pairs ? !pairs.length : !text) return html`<p class="tr-soft">${title}: ${empty}</p>`;
  if (!pairs)
    return html`<div class="tr-listing"><pre dir="auto">${text}</pre><${CopyButton} name=${title} text=${text} /></div>`;
  return html`<table aria-label=${title}>
    <tbody>
      ${pairs.map(
        ([name, value]) => html`<tr>
          <th scope="row"><bdi>${name}</bdi></th>
          <td><pre dir="auto">${value}</pre></td>
          <td><${CopyButton} name=${name} text=${value} /></td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}
