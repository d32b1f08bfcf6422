// The lifecycle strip of one Task.

import { widget } from "../cell/widget.js";
import { strip } from "../parts/strip.js";

export default widget((root) => ({ draw: strip(root) }));
