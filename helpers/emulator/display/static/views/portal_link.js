// A link to the portal, which opens beside; where no link leads there, its views do.

import { cellWidget } from "../cell/cell_widget.js";
import { PortalLink } from "../cell/portal_link.js";

export default cellWidget(PortalLink, () => true);
