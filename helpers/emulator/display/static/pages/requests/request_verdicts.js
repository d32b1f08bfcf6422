// What is known about a request at once: whether its signature is valid, what caused it, and what came of it.

import { hintOf } from "../../core/act.js";
import { Link } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { Note } from "../../marks/note.js";
import { Refusal } from "../../marks/refusal.js";
import { html } from "../../vendor/preact.js";

const SHOWN = 4; // callbacks that a request caused

export function RequestVerdicts({ detail }) {
  return html`${detail.replay_of !== null && html`<${Replayed} detail=${detail} />`}
    ${detail.kind === "callback" ? html`<${CallbackVerdicts} detail=${detail} />` : html`<${ApiVerdicts} detail=${detail} />`}`;
}

function Replayed({ detail: { kind, replay_of, changes } }) {
  const first =
    replay_of > 0 &&
    html` It is <${Request} number=${replay_of} /> again${changes.length ? `: ${changes.join(", ")}` : ", unchanged"}.`;
  return html`<${Note} tone="info" glyph="replay" bold=${kind === "callback" ? "Somebody sent this, not TaskRouter." : "Sent again."}>${first}</${Note}>`;
}

function CallbackVerdicts({ detail }) {
  const { signature, sent, is_overtaken: late, effect } = detail;
  const bold = { true: "Signature valid.", false: "Signature not valid.", null: "Signature not checked." }[
    signature.valid
  ];
  return html`${
    sent === 0 && detail.took_ms !== null
      ? html`<${Note} tone="wait" bold="Nothing was sent.">A requested fault responded instead.</${Note}>`
      : html`<${Note} tone=${signature.valid ? "good" : "bad"} glyph="shield" bold=${bold}>${signature.words}</${Note}>`
  }
    ${sent > 1 && html`<${Note} tone="wait" bold="Sent ${sent} times.">A requested fault sent it twice.</${Note}>`}
    ${late && html`<${Note} tone="wait" bold="Sent late.">A requested fault held it back until a later one had been sent.</${Note}>`}
    <${Note} tone="done" glyph="workflows">
      <b>Cause:</b> <${Cause} detail=${detail} />
      ${detail.events.length > 0 && html` <${Caused} detail=${detail} />`}
    </${Note}>
    <${Note} tone=${effect.tone === "info" ? "done" : effect.tone} bold="Effect:">${effect.words}</${Note}>`;
}

function Cause({ detail: { cause, by_timer, replay_of, at_ms } }) {
  const request = useStore((state) => state.requests.find(({ number }) => number === cause));
  if (by_timer) return "a timer.";
  if (cause === null) return replay_of === null ? "unknown: the log starts later." : "a replay.";
  const earlier = request ? at_ms - request.at_ms : 0;
  return html`<${Request} number=${cause} />${earlier > 0 ? `, ${(earlier / 1000).toLocaleString("en")} s earlier` : ""}.`;
}

function ApiVerdicts({ detail }) {
  const { status, code, reply, reply_headers } = detail;
  if (status >= 400) {
    const message = messageOf(reply.text);
    const headers = Object.fromEntries(reply_headers.map(([name, value]) => [name.toLowerCase(), value]));
    return html`<${Refusal} answer=${{ status, code, message, hint: hintOf(headers) }} />`;
  }
  if (!detail.caused.length && !detail.events.length) return null;
  return html`<${Note} tone="done" glyph="workflows"><b>Effect:</b> <${Caused} detail=${detail} /></${Note}>`;
}

/** The events and callbacks that a request caused. */
function Caused({ detail: { events, caused } }) {
  const first = caused.slice(0, SHOWN);
  const more = caused.length - first.length;
  const types = [...new Set(events.map(({ event_type }) => event_type))].join(", ");
  return html`${types && html`<span>${events.length} ${events.length === 1 ? "event" : "events"} (${types})</span>`}
    ${
      first.length > 0 &&
      html`${types ? "; " : ""}${caused.length} ${caused.length === 1 ? "callback" : "callbacks"}: ${first.map(
        ({ number }, place) => [place > 0 && ", ", html`<${Request} key=${number} number=${number} />`],
      )}${more > 0 && `, and ${more} more`}`
    }.`;
}

/** A request by what it meant, as a link; by its number, if the page doesn't have it. */
function Request({ number }) {
  const request = useStore((state) => state.requests.find((each) => each.number === number));
  return html`<${Link} class="tr-inline-link" to=${{ page: "requests", sid: String(number) }}><bdi>${request?.means || `request ${number}`}</bdi></${Link}>`;
}

function messageOf(text) {
  try {
    return JSON.parse(text).message ?? text;
  } catch {
    return text;
  }
}
