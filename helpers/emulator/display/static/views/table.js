// A table of resources.

import { tableOf } from "../rows.js";
import { widget } from "../widget.js";

export default widget((root) => ({ draw: (state) => root.replaceChildren(...tableOf(state)) }));
