// The parts of a request: its parameters with the names of what they mean, headers, bodies, attempts, and all of it raw.

import { pretty } from "../../code/json_text.js";
import { Button } from "../../components/button.js";
import { Link, useRoute } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { Json } from "../../marks/json.js";
import { Name } from "../../marks/name.js";
import { html, useState } from "../../vendor/preact.js";
import { placeOf, recordOf } from "../places.js";
import { rawRequest, rawResponse } from "./request_code.js";
import { tookText } from "./request_words.js";

const AT_FIRST = 32768; // characters of a body
const COLOURED = 20000; // characters that are drawn in colours

/** Parameters in the order sent, each SID with a link to what has it; of a request without any, its body. */
export function Parameters({ detail }) {
  if (!detail.parameters.length) return html`<${Body} body=${detail.body} />`;
  return html`<dl class="tr-parameters">
      ${detail.parameters.map(
        ([name, value], place) => html`<div key=${place}>
          <dt>${name}</dt>
          <dd class="tr-mono">${isJson(value) ? html`<${Json} text=${value} />` : value}</dd>
          <dd><${NameOf} sid=${value} workspace=${detail.workspace_sid} /></dd>
        </div>`,
      )}
    </dl>
    ${detail.body.size > 0 && !detail.body.form && html`<h2 class="tr-part-title">Body</h2><${Body} body=${detail.body} />`}`;
}

/** The name of what a SID belongs to, as a link to it; nothing for other texts. */
function NameOf({ sid, workspace }) {
  const shown = useStore((state) => state.workspace);
  const record = useStore((state) => recordOf(state.records, sid));
  if (!/^[A-Z]{2}[0-9a-f]{32}$/.test(sid)) return null;
  if (sid.startsWith("WS"))
    return html`<${Link} to=${{ page: "board", workspace: sid }}><${WorkspaceName} sid=${sid} /></${Link}>`;
  const to = placeOf(sid, workspace);
  if (!to || !workspace) return null;
  const gone = workspace === shown && !record;
  if (gone) return html`<span class="tr-soft">gone</span>`;
  const words = record?.friendly_name ?? statusOf(record) ?? "Show";
  return html`<${Link} to=${to}><${Name} text=${words} /></${Link}>`;
}

function statusOf(record) {
  if (record?.reservation_status) return `Reservation, ${record.reservation_status}`;
  return record?.assignment_status && `Task, ${record.assignment_status}`;
}

function WorkspaceName({ sid }) {
  const found = useStore((state) => state.workspaces.find((each) => each.sid === sid));
  return html`<${Name} text=${found?.friendly_name ?? "Workspace"} />`;
}

export function Reply({ detail }) {
  const { reply, reply_headers, error, status } = detail;
  const type = reply_headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  if (status === null)
    return html`<p class="tr-soft">${error ? `No answer: ${error}.` : "There's no response yet."}</p>`;
  return html`<p class="tr-reply-head"><b>${status}</b><span class="tr-soft">${type ?? "no Content-Type"}</span></p>
    <${Body} body=${reply} />`;
}

/** A body: pretty where it is JSON, a dump where it is no text; a long one from its beginning. */
function Body({ body }) {
  const [all, setAll] = useState(false);
  if (!body.size) return html`<p class="tr-soft">Empty.</p>`;
  const text = body.binary || body.cut ? body.text : pretty(body.text);
  const shown = all ? text : text.slice(0, AT_FIRST);
  return html`${body.binary && html`<p class="tr-soft">This isn't text. Its ${bytes(body.size)} begin so:</p>`}
    ${body.cut && html`<p class="tr-soft">Only the beginning of its ${bytes(body.size)} is kept.</p>`}
    <pre class="tr-body" tabindex="0" aria-label="Body">${
      !body.binary && shown.length <= COLOURED && isJson(shown) ? html`<${Json} text=${shown} />` : shown
    }</pre>
    ${shown.length < text.length && html`<${Button} kind="quiet" onClick=${() => setAll(true)}>Show all ${bytes(body.size)}</${Button}>`}`;
}

export function Headers({ detail }) {
  const { headers, reply_headers, kind } = detail;
  return html`<h2 class="tr-part-title">Of the request</h2>
    <${Pairs} pairs=${headers} />
    <h2 class="tr-part-title">Of the reply</h2>
    ${reply_headers.length ? html`<${Pairs} pairs=${reply_headers} />` : html`<p class="tr-soft">None.</p>`}
    ${kind === "callback" && html`<p class="tr-soft">In a reply to a callback, the emulator reads only the Content-Type.</p>`}`;
}

function Pairs({ pairs }) {
  return html`<dl class="tr-parameters" data-pairs>
    ${pairs.map(([name, value], place) => html`<div key=${place}><dt>${name}</dt><dd class="tr-mono">${value}</dd></div>`)}
  </dl>`;
}

export function Attempts({ detail }) {
  const here = useRoute();
  return html`<ol class="tr-attempts">
    ${detail.attempts.map(
      ({
        number,
        url,
        status,
        error,
        took_ms,
      }) => html`<li key=${number} aria-current=${number === detail.number ? "true" : undefined}>
        <${Link} to=${{ ...here, sid: String(number) }}>request ${number}</${Link}>
        <span class="tr-mono">${url}</span>
        <span class="tr-soft">${status ?? (error || "open")}${took_ms === null ? "" : `, ${tookText({ took_ms })}`}</span>
      </li>`,
    )}
  </ol>`;
}

export function Raw({ detail }) {
  return html`<h2 class="tr-part-title">Request</h2>
    <pre class="tr-body" tabindex="0" aria-label="Request as it was sent">${rawRequest(detail)}</pre>
    <h2 class="tr-part-title">Reply</h2>
    <pre class="tr-body" tabindex="0" aria-label="Reply as it was received">${rawResponse(detail)}</pre>
    <p class="tr-soft">Secrets are left out: *** stands in their place.</p>`;
}

function bytes(size) {
  return `${size.toLocaleString("en")} ${size === 1 ? "byte" : "bytes"}`;
}

function isJson(text) {
  return /^\s*[[{]/.test(text);
}
