// The host of views in a cell: everything goes over the widget's channel to the kernel, which carries out calls with the
// learner's own client and asks the emulator's engine.

import { HostGone } from "../core/hosts/host.js";
import { AGAIN } from "./kernel_end.js";

const PRESENT_EVERY_MS = 120_000;
const PATIENCE_MS = 150; // an answer that comes sooner needs no word about waiting
const ENDED = `The kernel has stopped, so this view is out of date. ${AGAIN}`;

/**
 * Make the host of one widget. `tellViews({isWaiting})` is called when a click waits for the kernel, and when it no longer does;
 * `tellViews({did})` with the description of the call that a click has made. `isShown()` is true while the page has a view.
 *
 * Beside what host.js wants there is `end()`, for the end of the kernel.
 */
export function cellHost(model, tellViews, isShown) {
  const open = new Map();
  let hasEnded = false;
  let watched;
  let tell = () => {};
  let stopPresence = () => {};

  function start(onMessage, onLink) {
    tell = onLink;
    const hear = (message) => (message.type === "answer" ? settle(message.id, "resolve", message) : onMessage(message));
    model.on("msg:custom", hear);
    onMessage({ type: "state", ...model.get("state") });
    onLink("connected");
    if (model.get("state").mode !== "local") bePresent();
  }

  // Where nobody tells of changes, the Workspace is read at intervals, as long as a page says that it shows it.
  function bePresent() {
    const isSeen = () => document.visibilityState === "visible" && isShown();
    const say = () => isSeen() && model.send({ verb: "present" });
    const timer = setInterval(say, PRESENT_EVERY_MS);
    document.addEventListener("visibilitychange", say);
    stopPresence = () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", say);
    };
    say();
  }

  function watch(workspace) {
    const isKnown = watched === undefined && workspace === model.get("state").workspace; // it came with the widget
    watched = workspace;
    if (!isKnown && !hasEnded) model.send({ verb: "watch", workspace });
  }

  function request(message, isClick = false) {
    if (hasEnded) return Promise.reject(new HostGone(ENDED));
    return new Promise((resolve, reject) => {
      const id = `${Date.now()}-${Math.random()}`; // an answer goes to every page that shows the widget
      const timer = isClick && setTimeout(tellViews, PATIENCE_MS, { isWaiting: true });
      open.set(id, { resolve, reject, timer });
      try {
        model.send({ ...message, id });
      } catch (error) {
        settle(id, "reject", new HostGone(ENDED, { cause: error }));
      }
    });
  }

  function settle(id, how, what) {
    const asked = open.get(id);
    if (!asked) return; // asked by another page, or before this one was loaded again
    open.delete(id);
    clearTimeout(asked.timer);
    if (asked.timer) tellViews({ isWaiting: false });
    asked[how](what);
  }

  return {
    kind: "cell",
    start,
    watch,
    retry: () => {},
    async call({ method, path, form, headers, description }) {
      const isClick = description && method !== "GET"; // views read, too
      const {
        status,
        body,
        headers: got,
        lost,
      } = await request({ verb: "call", method, path, form, headers }, isClick);
      if (lost) throw new HostGone(lost);
      if (isClick) tellViews({ did: description });
      return { status, body, headers: got };
    },
    async ask(question) {
      const { answer, lost, body } = await request({ verb: "ask", question });
      if (lost) throw new HostGone(lost);
      return answer ?? { error: { message: body?.message } };
    },
    end() {
      hasEnded = true;
      stopPresence();
      tell("ended");
      for (const id of [...open.keys()]) settle(id, "reject", new HostGone(ENDED));
    },
  };
}
