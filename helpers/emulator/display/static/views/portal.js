// The portal: the page that the emulator serves to a browser.

import { connect } from "../core/hosts/host.js";
import { pageHost } from "../core/hosts/page_host.js";
import { pagePlace, route, startRouter } from "../core/router.js";
import { followFrame } from "../core/theme.js";
import { keepFocus } from "../hooks/focus.js";
import { watchWidth } from "../hooks/width.js";
import { PAGES } from "../pages/registry.js";
import { WORKSPACES } from "../pages/workspaces/workspaces.js";
import { Shell } from "../shell/shell.js";
import { html, render } from "../vendor/preact.js";

const root = document.getElementById("portal");
root.classList.add("tr", "tr-portal");
watchWidth(root);
keepFocus(root);
followFrame();
startRouter(pagePlace());
connect(pageHost(), route().workspace);
render(html`<${Shell} pages=${PAGES} home=${WORKSPACES} />`, root);

export default Shell;
