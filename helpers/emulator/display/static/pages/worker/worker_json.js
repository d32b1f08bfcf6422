// The Worker as the API answers it now.

import { Button } from "../../components/button.js";
import { fetchWorker } from "../../core/calls.js";
import { useStore } from "../../core/store.js";
import { copyText } from "../../hooks/news.js";
import { useResource } from "../../hooks/resource.js";
import { Json } from "../../marks/json.js";
import { html } from "../../vendor/preact.js";

export function WorkerJson({ worker }) {
  const workspace = useStore((state) => state.workspace);
  const { record, version } = useResource(fetchWorker(workspace, worker.sid), worker);
  if (!record) return html`<p class="tr-soft">Loading…</p>`;
  const text = JSON.stringify(record, null, 2);
  return html`<div class="tr-record">
    <div class="tr-record-head">
      <span class="tr-soft tr-mono">ETag: "${version}"</span>
      <${Button} kind="quiet" glyph="copy" onClick=${() => copyText(text)}>Copy</${Button}>
    </div>
    <pre tabindex="0" aria-label="JSON of the Worker"><${Json} text=${text} /></pre>
  </div>`;
}
