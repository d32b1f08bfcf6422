// A table of resources.

import { widget } from "../cell/widget.js";
import { Rows } from "../telling/rows.js";
import { html } from "../vendor/preact.js";

export default widget(Table);

function Table({ state }) {
  return html`<${Rows} ...${state} />`;
}
