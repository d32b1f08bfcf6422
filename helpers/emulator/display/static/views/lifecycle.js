// The lifecycle strip of one Task.

import { strip } from "../strip.js";
import { widget } from "../widget.js";

export default widget((root) => ({ draw: strip(root) }));
