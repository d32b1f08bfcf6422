// The one host of this page or cell: whoever brings the emulator's state and carries calls to it.
//
// A host is `{kind, start(onMessage, onLink), watch(workspaceSid), call(request), ask(question), retry()}`; page_host.js
// is one. `call` and `ask` throw `HostGone` if nobody answers, and for nothing else.

import { receive, setLink } from "../store.js";

const current = { host: null, watched: null };

/** Nobody answered: the emulator has stopped, or whoever stands between has. */
export class HostGone extends Error {}

/** Take `host` as the one of this page, and begin to hear from it about a Workspace; null for none. */
export function connect(host, workspaceSid = null) {
  current.host = host;
  watch(workspaceSid);
  host.start((message) => receive(message) || host.watch(current.watched), setLink);
}

/** What the views stand in: "page" or "cell". */
export function hostKind() {
  return current.host.kind;
}

/** Ask for the records of a Workspace, from now on; null for none. */
export function watch(workspaceSid) {
  if (workspaceSid === current.watched) return;
  current.watched = workspaceSid;
  current.host.watch(workspaceSid);
}

/**
 * Send a request, `{method, path, form, headers}`, to `/v1/…` or `/_emulator/…`; returns `{status, body, headers}`. One that
 * somebody clicked for has its `description`, see calls.js.
 */
export function call(request) {
  return current.host.call(request);
}

/** Ask the engine something, such as `{question: "why", task: "WT…"}`, and return its answer. */
export function ask(question) {
  return current.host.ask({ workspace: current.watched, ...question });
}

/** Try at once to reach an emulator that has stopped. */
export function retry() {
  current.host.retry();
}
