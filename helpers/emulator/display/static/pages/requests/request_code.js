// A logged request as text: raw, as lines for a terminal, and as the call that makes it again.

import { shellWord } from "../../code/quoting.js";
import { store } from "../../core/store.js";
import { twin } from "../../core/twin.js";

const OWN = ["content-type", "user-agent", "x-twilio-signature", "i-twilio-idempotency-token"];

/** The request as it went over the wire. */
export function rawRequest({ kind, method, url, headers, body }) {
  const target = kind === "callback" ? url.replace(/^\w+:\/\/[^/]*/, "") || "/" : url;
  return [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`), "", body.text].join(
    "\n",
  );
}

/** What was answered. */
export function rawResponse({ status, error, reply_headers, reply }) {
  if (status === null) return error ? `No answer: ${error}.` : "";
  return [`HTTP/1.1 ${status}`, ...reply_headers.map(([name, value]) => `${name}: ${value}`), "", reply.text].join(
    "\n",
  );
}

/** The description of the call that sends an API request again; null for a callback, or for a body that is no form. */
export function callOf({ kind, method, path, parameters, headers, body }) {
  if (kind === "callback" || (body.size > 0 && !body.form) || !/^\/(v1|_emulator)\//.test(path)) return null;
  const form = {};
  for (const [name, value] of parameters) form[name] = name in form ? [form[name], value].flat() : value;
  const ifMatch = headers.find(([name]) => name.toLowerCase() === "if-match")?.[1].replace(/^"|"$/g, "");
  const way = path
    .replace(/^\/v1\//, "/")
    .slice(1)
    .split("/")
    .map(decodeURIComponent);
  return { method, path: way, form, says: "Send again", ...(ifMatch && { ifMatch }) };
}

/** Lines for a terminal. A callback has its signature, so that it can be checked as it was. */
export function curlOf(detail) {
  const call = callOf(detail);
  if (call) return twin(call, store.state).curl;
  const { method, url, kind, headers, parameters, body } = detail;
  const own = headers.filter(([name]) => OWN.includes(name.toLowerCase()));
  const target = kind === "callback" ? shellWord(url) : `"$TASKROUTER_URL${url}"`;
  const data = body.form
    ? parameters.map(([name, value]) => `--data-urlencode ${shellWord(`${name}=${value}`)}`)
    : body.size
      ? [`--data-binary ${shellWord(body.text)}`]
      : [];
  const credentials = kind === "callback" ? [] : ['-u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"'];
  const lines = [
    `curl -X ${method} ${target}`,
    ...credentials,
    ...own.map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`),
    ...data,
  ];
  return lines.join(" \\\n  ");
}
