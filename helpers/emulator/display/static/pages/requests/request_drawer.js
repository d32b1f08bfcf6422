// A request beside the list: the verdicts first, then everything that was sent and answered.

import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { Drawer } from "../../components/drawer.js";
import { Tabs } from "../../components/tabs.js";
import { go, route } from "../../core/router.js";
import { timeOfDay } from "../../core/text.js";
import { useStopped } from "../../hooks/actions.js";
import { copyText } from "../../hooks/news.js";
import { Note } from "../../marks/note.js";
import { Refusal } from "../../marks/refusal.js";
import { html, useState } from "../../vendor/preact.js";
import { Direction } from "./direction.js";
import { EditRequest } from "./edit_request.js";
import { callOf, curlOf } from "./request_code.js";
import { useDetail, useResending } from "./request_detail.js";
import { Attempts, Headers, Parameters, Raw, Reply } from "./request_parts.js";
import { RequestVerdicts } from "./request_verdicts.js";
import { outcomeOf, titleOf, tookText } from "./request_words.js";

const PARTS = { parameters: Parameters, reply: Reply, headers: Headers, attempts: Attempts, raw: Raw };

/** `number` is the address's, `summary` what the list knows of it. */
export function RequestDrawer({ number, summary, tab, close }) {
  const { detail, missing } = useDetail(number, summary);
  const known = detail ?? summary;
  if (!known)
    return html`<${Drawer} title=${`Request ${number}`} close=${close}>${missing && html`<${Missing} />`}</${Drawer}>`;
  return html`<${Drawer} title=${titleOf(known)} above=${html`<${Above} request=${known} />`} close=${close}>
    <p class="tr-request-line tr-mono"><b>${known.method}</b> ${known.url}</p>
    <p class="tr-request-means"><bdi>${known.means}</bdi></p>
    ${missing && html`<${Missing} />`}
    ${detail && html`<${Detail} detail=${detail} tab=${tab} />`}
  </${Drawer}>`;
}

function Above({ request }) {
  const { words, tone } = outcomeOf(request);
  const facts = [tookText(request), timeOfDay(request.at_ms)].filter(Boolean).join(" · ");
  return html`<${Direction} request=${request} /> <b class="tr-request-outcome" data-tone=${tone}>${words}</b>
    <span class="tr-soft tr-figures">${facts}</span>`;
}

function Missing() {
  return html`<${Note} tone="info" bold="This request is no longer stored.">
    The emulator keeps the last 500 requests, and none from before a reset.
  </${Note}>`;
}

function Detail({ detail, tab }) {
  const parts = partsOf(detail);
  const chosen = parts.some(({ key }) => key === tab) ? tab : parts[0].key;
  const Part = PARTS[chosen];
  const code = callOf(detail);
  return html`<${Actions} detail=${detail} />
    <${RequestVerdicts} detail=${detail} />
    <${Tabs} label="Parts of the request" tabs=${parts} chosen=${chosen} choose=${(key) => go({ ...route(), tab: key }, { replace: true })}>
      <${Part} detail=${detail} />
    </${Tabs}>
    ${code && html`<${CodeTwin} call=${code} folded />`}`;
}

function partsOf({ parameters, headers, attempts, body }) {
  const hasBody = body.size > 0 && !body.form;
  return [
    ...(parameters.length || hasBody
      ? [{ key: "parameters", text: hasBody ? "Body" : "Parameters", count: hasBody ? undefined : parameters.length }]
      : []),
    { key: "reply", text: "Reply" },
    { key: "headers", text: "Headers", count: headers.length },
    ...(attempts.length ? [{ key: "attempts", text: "Attempts", count: attempts.length }] : []),
    { key: "raw", text: "Raw" },
  ];
}

function Actions({ detail }) {
  const [editing, setEditing] = useState(false);
  const { busy, refusal, send } = useResending(detail.number);
  const stopped = useStopped();
  const cannotEdit = whyNotEdited(detail);
  const off = { disabled: busy || Boolean(stopped), why: stopped };
  const follow = (number) => number !== null && go({ ...route(), sid: String(number), tab: null });
  const replay = async () => follow(await send());
  const close = () => setEditing(false);
  return html`<div class="tr-request-tools">
      <${Button} glyph="replay" keys="R" ...${off} onClick=${replay}>Replay</${Button}>
      <${Button} ...${cannotEdit ? { disabled: true, why: cannotEdit } : off} onClick=${() => setEditing(true)}>Edit and replay</${Button}>
      <${Button} glyph="copy" onClick=${() => copyText(curlOf(detail))}>Copy as curl</${Button}>
    </div>
    <p class="tr-soft tr-request-hint">${WHAT_REPLAY_DOES[detail.kind === "callback" ? "callback" : detail.method] ?? WHAT_REPLAY_DOES.POST}</p>
    ${refusal && html`<${Refusal} answer=${refusal} />`}
    ${editing && html`<${EditRequest} detail=${detail} close=${close} sent=${follow} />`}`;
}

function whyNotEdited({ parameters, body }) {
  if (body.size > 0 && !body.form) return "Its body isn't a form. Copy it as curl and change it there.";
  return parameters.length ? "" : "It has no parameters.";
}

const WHAT_REPLAY_DOES = {
  callback: "Replay sends it to its URL again, and carries out the instruction in the reply.",
  GET: "Replay sends it again, as a new request.",
  DELETE: "Replay sends it again, as a new request.",
  POST: "Replay sends it again as a new request. If it creates a resource, it creates another one.",
};
