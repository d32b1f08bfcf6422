// The console of a Workspace.

import { cellWidget } from "../cell/cell_widget.js";
import { ConsoleShell, isConsolePage } from "../cell/console_shell.js";

export default cellWidget(ConsoleShell, isConsolePage);
