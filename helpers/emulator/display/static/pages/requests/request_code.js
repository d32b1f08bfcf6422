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
  const ifMatch = headers.find(([name]) => name.toLowerCase() === "if-match")?.[1].replace(/^"|"$/g, "");
  const way = path
    .replace(/^\/v1\//, "/")
    .slice(1)
    .split("/")
    .map(decodeURIComponent);
  return { method, path: way, form: formOf(parameters), says: "Send again", ...(ifMatch && { ifMatch }) };
}

/** A form of the pairs that have a name; those of a name that is there several times together. */
export function formOf(pairs) {
  const named = pairs.filter(([name]) => name);
  const groups = Map.groupBy(named, ([name]) => name); // a name may be "constructor"
  return Object.fromEntries(
    [...groups].map(([name, all]) => [name, all.length > 1 ? all.map(([, value]) => value) : all[0][1]]),
  );
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
