// Loads Python's files into the browser's cache while one reads, and says how far it is.

const AT_ONCE = 4; // as many requests as leave room for a lesson that is opened meanwhile
const ROOT = new URL("..", import.meta.url);
const TYPES = { mjs: "javascript", wasm: "application/wasm" }; // a browser runs neither as another type

const area = document.getElementById("ready");
const button = area.querySelector("button");
const bar = area.querySelector("progress");
const figures = document.getElementById("figures");
const status = area.querySelector("[role=status]");

let running;

button.addEventListener("click", () => (running ? running.abort() : getReady()));
area.hidden = false;
if (isUnmetered(navigator.connection)) whenIdle(getReady);

/** Return true if the browser says that data costs nothing extra here; many browsers don't say. */
function isUnmetered(connection) {
  return connection?.saveData === false && connection.effectiveType === "4g" && connection.type !== "cellular";
}

function whenIdle(work) {
  const later = window.requestIdleCallback ?? setTimeout;
  addEventListener("load", () => later(work), { once: true });
}

async function getReady() {
  running = new AbortController();
  button.textContent = "Stop loading";
  status.textContent = "Loading. You can open a lesson at any time.";
  try {
    await loadAll(running.signal);
    status.textContent = "Ready: Python and its packages are in this browser's cache.";
  } catch (problem) {
    status.textContent = running.signal.aborted
      ? "Stopped."
      : `${problem.message}. You can read the lessons, but not run them without it. Load again. If that doesn't help, tell those who run this site or your network.`;
    running.abort(); // the other requests, too
  }
  button.textContent = "Load again";
  running = undefined;
}

async function loadAll(signal) {
  const files = await (await request("landing/python_files.json", signal)).json();
  const total = files.reduce((sum, [, size]) => sum + size, 0);
  let loaded = 0;
  const count = (bytes) => {
    loaded += bytes;
    bar.value = loaded / total;
    figures.textContent = `${megabytes(loaded)} of ${megabytes(total)} MB, unpacked`;
  };
  count(0);
  const waiting = files.values();
  const loadNext = async () => {
    for (const [path, size] of waiting) await load(path, size, signal, count);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, loadNext));
}

async function load(path, size, signal, count) {
  const response = await request(path, signal);
  const type = response.headers.get("Content-Type") ?? "a file without a type";
  if (!type.includes(TYPES[path.split(".").pop()] ?? "")) throw new Error(`${path} came as ${type}`);
  const reader = response.body.getReader();
  let missing = size;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    missing -= part.value.length;
    count(part.value.length);
  }
  if (missing) throw new Error(`${path} came changed or cut off`); // by a proxy, for example
}

async function request(path, signal) {
  const response = await fetch(new URL(path, ROOT), { signal }).catch(() => {
    throw new Error(`${path} can't be fetched`);
  });
  if (!response.ok) throw new Error(`${path} can't be fetched: the answer was ${response.status}`);
  return response;
}

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(0);
}
