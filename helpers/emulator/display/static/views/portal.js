// The portal: the page that the emulator serves to a browser.

import { connect } from "../core/hosts/host.js";
import { pageHost } from "../core/hosts/page_host.js";
import { pagePlace, startRouter } from "../core/router.js";
import { showTheme } from "../core/theme.js";
import { watchWidth } from "../core/width.js";
import { PAGES } from "../pages/registry.js";
import { WORKSPACES } from "../pages/workspaces.js";
import { Shell } from "../shell/shell.js";
import { html, render } from "../vendor/preact.js";

showTheme();
document.body.classList.add("tr", "tr-portal");
watchWidth(document.body);
startRouter(pagePlace());
connect(pageHost());
render(html`<${Shell} pages=${PAGES} home=${WORKSPACES} />`, document.body);

export default Shell;
