// The name of a TaskQueue in a routing tree, as a link to its page.

import { Link, useRoute } from "../../core/router.js";
import { Name } from "../../marks/name.js";
import { html } from "../../vendor/preact.js";

export function QueueLink({ queue }) {
  const to = { page: "queues", workspace: useRoute().workspace, sid: queue.queue_sid };
  return html`<${Link} to=${to}><${Name} text=${queue.name} /><//>`;
}
