// Carrying out a call's description through the host, and what came of it.

import { requestOf } from "../code/request.js";
import { call, HostGone } from "./hosts/host.js";

const STOPPED =
  "There's no response, so it isn't known if anything changed. Your text is kept. Try again when the emulator is back.";

const ONLOOKER = { "X-Emulator-Onlooker": "1" };

/** Read `path` for a view that draws itself: the list of Requests is about what somebody did. Throws `HostGone`. */
export function read(path) {
  return call({ method: "GET", path, headers: ONLOOKER });
}

/**
 * Send the call that `description` describes and return `{ok, status, record, version, refusal}`.
 *
 * `record` is the resource as it was answered, `version` its ETag. `refusal` is null or `{status, code, message, hint}`:
 * Twilio's own words letter by letter, and the emulator's beside them. Where nobody answers, its status is null.
 */
export async function act(description) {
  try {
    const request = requestOf(description);
    const reads = description.method === "GET";
    const { status, body, headers } = await (reads ? read(request.path) : call({ ...request, description }));
    const ok = status >= 200 && status < 300;
    const refusal = ok ? null : refusalOf(status, body, headers);
    return { ok, status, record: ok ? body : null, version: versionOf(headers), refusal };
  } catch (error) {
    if (!(error instanceof HostGone)) throw error;
    const refusal = { status: null, code: null, message: error.message, hint: STOPPED };
    return { ok: false, status: null, record: null, version: undefined, refusal };
  }
}

/** The sentences of the emulator's hint header; what isn't Latin comes as Python's escapes. */
export function hintOf(headers) {
  const text = headers["x-emulator-hint"] ?? "";
  return text.replace(/\\(?:x(..)|u(....)|U(........)|([nrt\\]))/g, (_, short, middle, long, letter) => {
    if (letter) return { n: "\n", r: "\r", t: "\t", "\\": "\\" }[letter];
    return String.fromCodePoint(Number.parseInt(short ?? middle ?? long, 16));
  });
}

function versionOf(headers) {
  const quoted = headers.etag?.match(/^"(\d+)"$/);
  return quoted ? Number(quoted[1]) : undefined;
}

/** What stands between may answer in its own way, without a code or a message. */
function refusalOf(status, body, headers) {
  return { status, code: body?.code ?? null, message: body?.message ?? String(body ?? ""), hint: hintOf(headers) };
}
