// A request in a few words: for rows, for titles, and to find it again.

import { shortSid } from "../../core/text.js";

const SID = /[A-Z]{2}[0-9a-f]{32}/g;
const CALLBACKS = { assignment: "Assignment callback", event: "Event callback", status: "Status callback" };

/** What kind of request it is: "Assignment callback", "API request". */
export function titleOf({ kind, callback, path }) {
  if (kind === "callback") return CALLBACKS[callback];
  return path.startsWith("/_emulator/") ? "Request to the emulator's own routes" : "API request";
}

/** What is unusual about a request: who sent it, that it came or went twice, or after a later one. */
export function marksOf({ by, replay_of, sent, is_overtaken, repeats }) {
  return [
    by === "portal" && "portal",
    replay_of !== null && "replay",
    sent > 1 && "sent twice",
    is_overtaken && "late: a later one was sent first",
    repeats && "the same came before",
  ].filter(Boolean);
}

/** A path below the Workspace, with its SIDs in short. */
export function shortPath(path) {
  return path
    .replace(/^\/v1\/Workspaces\/WS[0-9a-f]{32}(?=\/)/, "")
    .replace(/^\/v1/, "")
    .replace(SID, shortSid);
}

/** The status and its tone: a number, "no answer", or "open" while it is awaited. */
export function outcomeOf({ status, error, took_ms }) {
  if (status !== null) return { words: String(status), tone: status < 400 ? "good" : "bad" };
  return took_ms === null ? { words: "open", tone: "wait" } : { words: error ? "no answer" : "dropped", tone: "bad" };
}

/** How long it took: "0.4 ms", "6 ms", "1.2 s"; empty while it is open. */
export function tookText({ took_ms }) {
  if (took_ms === null) return "";
  if (took_ms >= 1000) return `${(took_ms / 1000).toFixed(1)} s`;
  return `${took_ms < 1 ? Math.max(0.1, took_ms).toFixed(1) : Math.round(took_ms)} ms`;
}

/** The requests of a kind that hold each word of a text, in method, path, meaning, marks or status; the newest first. */
export function listRequests(requests, { kind, q = "" }) {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const found = requests.filter(
    (each) => (!kind || each.kind === kind) && words.every((word) => textOf(each).includes(word)),
  );
  return found.reverse();
}

function textOf(request) {
  const { method, url, means, code } = request;
  return `${method} ${url} ${means} ${marksOf(request).join(" ")} ${outcomeOf(request).words} ${code ?? ""}`.toLowerCase();
}
