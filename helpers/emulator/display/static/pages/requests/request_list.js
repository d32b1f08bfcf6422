// The list of requests, the newest above: which way it went, what it meant, how it ended.

import { Button } from "../../components/button.js";
import { Table } from "../../components/table.js";
import { Link, useRoute } from "../../core/router.js";
import { timeOfDay } from "../../core/text.js";
import { copyText } from "../../hooks/news.js";
import { useRow } from "../../hooks/row_place.js";
import { Empty } from "../../marks/empty.js";
import { html } from "../../vendor/preact.js";
import { Direction } from "./direction.js";
import { marksOf, outcomeOf, shortPath, tookText } from "./request_words.js";

const TRY = 'curl -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" "$TASKROUTER_URL/v1/Workspaces"';

const COLUMNS = [
  {
    key: "way",
    title: html`<span class="tr-spoken">Direction</span>`,
    width: "24px",
    cell: (each) => html`<${Direction} request=${each} />`,
  },
  { key: "what", title: "Request", width: "minmax(120px, 1fr)", cell: (each) => html`<${What} request=${each} />` },
  {
    key: "outcome",
    title: "Status",
    width: "76px",
    number: true,
    cell: (each) => html`<${Outcome} request=${each} />`,
  },
  { key: "time", title: "Time", width: "64px", number: true, cell: (each) => html`<${Time} request=${each} />` },
];

/** `rows` are those to show, `all` what there is, `clear` shows all of it. */
export function RequestList({ rows, all, here, clear }) {
  return html`<${Table}
    label="Requests"
    columns=${COLUMNS}
    rows=${rows}
    keyOf=${({ number }) => String(number)}
    chosen=${here.sid}
    to=${({ number }) => ({ ...here, sid: String(number) })}
    lines=${2}
    narrow=${narrowRow}
    news=${(count) => `${count} new ${count === 1 ? "request" : "requests"}`}
    empty=${html`<${Nothing} all=${all} here=${here} clear=${clear} />`}
  />`;
}

function narrowRow(each) {
  return html`<div class="tr-mark-row">
    <${Direction} request=${each} />
    <${What} request=${each} />
    <${Outcome} request=${each} />
  </div>`;
}

function What({ request }) {
  const row = useRow();
  const { method, path, url, means } = request;
  const marks = marksOf(request).join(", ");
  return html`<div class="tr-line-pair">
    <${Link} class="tr-request-path" to=${row.to} tabindex="-1" title=${url}><b>${method}</b> <span class="tr-mono">${shortPath(path)}</span></${Link}>
    <span class="tr-soft">${marks && `${marks} · `}<bdi>${means}</bdi></span>
  </div>`;
}

function Outcome({ request }) {
  const { words, tone } = outcomeOf(request);
  return html`<div class="tr-line-pair tr-request-outcome" data-tone=${tone}>
    <b>${words}</b><span class="tr-soft">${tookText(request)}</span>
  </div>`;
}

function Time({ request }) {
  return html`<time class="tr-soft tr-figures" datetime=${new Date(request.at_ms).toISOString()}>${timeOfDay(request.at_ms)}</time>`;
}

function Nothing({ all, here, clear }) {
  const { kind, q } = here.query;
  if (!all.length) return html`<${NothingYet} />`;
  if (kind === "callback" && !q) {
    const text =
      "A Workflow with an assignment callback URL sends one for each Reservation; a Workspace with an event callback URL sends one for each event.";
    return html`<${Empty} bold="No callbacks." text=${text} button=${html`<${SetIt} />`} />`;
  }
  const bold = q ? `No request matches "${q}".` : "No API request.";
  return html`<${Empty} bold=${bold} button=${html`<${Button} onClick=${clear}>Clear filter</${Button}>`} />`;
}

function SetIt() {
  const { workspace } = useRoute();
  return (
    workspace &&
    html`<${Link} class="tr-button" data-kind="plain" to=${{ page: "workflows", workspace }}>Show Workflows</${Link}>`
  );
}

function NothingYet() {
  const button = html`<${Button} glyph="copy" onClick=${() => copyText(TRY)}>Copy</${Button}>`;
  return html`<${Empty}
    bold="Nothing sent yet."
    text="Each API request and each callback appears here. Try this line in a terminal:"
    button=${button}
  >
    <pre class="tr-try" tabindex="0" aria-label="Line for a terminal">${TRY}</pre>
  </${Empty}>`;
}
