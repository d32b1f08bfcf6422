// A table of resources.

import { widget } from "../cell/widget.js";
import { tableOf } from "../parts/rows.js";

export default widget((root) => ({ draw: (state) => root.replaceChildren(...tableOf(state)) }));
