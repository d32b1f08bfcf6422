// The host of the portal's page: state by one WebSocket, calls by fetch with the cookie of the page's session.

import { HostGone } from "./host.js";

const WAITS_MS = [500, 1000, 2000, 5000]; // before the first, second … try; then the last again and again
const PATIENCE_MS = 1000; // a break that is shorter is not worth a word
const LOST_MS = 10000;
const SIGN_IN = 4401; // the server doesn't know this browser: the page's own address asks who it is
const OURS = { "X-Portal": "1" }; // a page of another origin can't send it without asking first

/** Make the host of a page that the emulator served. */
export function pageHost() {
  const link = openSocket();
  return { kind: "page", start: link.start, watch: link.watch, retry: link.retry, call: send, ask };
}

/** A WebSocket that comes back by itself, asks for the same Workspace again, and says how it goes. */
function openSocket() {
  let socket = null;
  let watched = null;
  let tries = 0;
  let timers = [];
  let hear = () => {};
  let tell = () => {};

  function open() {
    const address = new URL("/portal/live", location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(address);
    socket.onopen = () => say(watched);
    socket.onmessage = ({ data }) => {
      connected();
      hear(JSON.parse(data));
    };
    socket.onclose = ({ code }) => (code === SIGN_IN ? location.reload() : lost());
  }

  function connected() {
    for (const each of timers) clearTimeout(each);
    [timers, tries] = [[], 0];
    tell("connected");
  }

  function lost() {
    if (!timers.length) timers = [setTimeout(tell, PATIENCE_MS, "reconnecting"), setTimeout(tell, LOST_MS, "stopped")];
    timers.push(setTimeout(open, WAITS_MS[Math.min(tries, WAITS_MS.length - 1)]));
    tries += 1;
  }

  function say(workspaceSid) {
    socket.send(JSON.stringify({ watch: workspaceSid }));
  }

  return {
    start(onMessage, onLink) {
      [hear, tell] = [onMessage, onLink];
      open();
    },
    watch(workspaceSid) {
      watched = workspaceSid;
      if (socket?.readyState === WebSocket.OPEN) say(workspaceSid);
    },
    retry() {
      if (socket.readyState !== WebSocket.CLOSED) return;
      clearTimeout(timers.pop()); // the next try, which is the timer set last
      open();
    },
  };
}

/** Carry out a request; see host.js. Parameters with several values are lists. */
async function send({ method, path, form, headers = {} }) {
  const reply = await reach(path, { method, headers: { ...OURS, ...headers }, body: form && encoded(form) });
  return { status: reply.status, body: await read(reply), headers: Object.fromEntries(reply.headers) };
}

async function ask(question) {
  const headers = { ...OURS, "Content-Type": "application/json" };
  const reply = await reach("/portal/try", { method: "POST", headers, body: JSON.stringify(question) });
  const answer = await read(reply);
  return reply.ok ? answer : { error: { message: answer?.message ?? `The answer had status ${reply.status}.` } };
}

async function reach(path, request) {
  try {
    return await fetch(path, request);
  } catch (error) {
    throw new HostGone("The emulator doesn't answer.", { cause: error });
  }
}

/** The JSON of a reply, else its text, or null if it has none. */
async function read(reply) {
  const text = await reply.text();
  try {
    return JSON.parse(text);
  } catch {
    return text || null;
  }
}

function encoded(form) {
  const pairs = Object.entries(form).flatMap(([name, value]) => [value].flat().map((each) => [name, each]));
  return new URLSearchParams(pairs.filter(([, value]) => value !== undefined && value !== null));
}
