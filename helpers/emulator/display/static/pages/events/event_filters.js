// The filters of the list of Events: by type, by Worker, and by a Task that some other page names.

import { Menu } from "../../components/menu.js";
import { useRecords } from "../../core/store.js";
import { shortSid } from "../../core/text.js";
import { Glyph } from "../../marks/glyph.js";
import { html } from "../../vendor/preact.js";

/** `events` are all that the page has; `query` is the route's, `ask(query)` changes it. */
export function EventFilters({ events, query, ask }) {
  const { type, task, worker } = query;
  const workers = useRecords("workers");
  const types = [...new Set([...events.map((each) => each.event_type), ...(type ? [type] : [])])].sort();
  const items = (all, list, chosen, name) => [
    { key: "", text: all, checked: !chosen, choose: () => ask({ [name]: "" }) },
    ...list.map(({ key, text }) => ({ key, text, checked: key === chosen, choose: () => ask({ [name]: key }) })),
  ];
  const named = workers.map(({ sid, friendly_name }) => ({ key: sid, text: friendly_name }));
  const who = named.find(({ key }) => key === worker)?.text ?? (worker && shortSid(worker));
  return html`<div class="tr-event-filters" role="group" aria-label="Filters">
    <${Menu} label="Type" button=${type || "All types"} items=${items(
      "All types",
      types.map((each) => ({ key: each, text: each })),
      type,
      "type",
    )} />
    <${Menu} label="Worker" button=${who || "All Workers"} items=${items("All Workers", named, worker, "worker")} />
    ${
      task &&
      html`<button type="button" class="tr-button" data-kind="plain" onClick=${() => ask({ task: "" })}>
        <span>Task <span class="tr-mono">${shortSid(task)}</span></span><${Glyph} name="close" /><span class="tr-spoken">, show all Tasks</span>
      </button>`
    }
  </div>`;
}
