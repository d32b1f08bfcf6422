// Where this browser reaches the portal's page. It uses its own name for this machine: the page's cookie is for that name.

const OWN_NAMES = ["localhost", "127.0.0.1"];
const asked = new Map();

/**
 * The portal's address, or "" where this browser cannot reach it, as when the kernel is on another machine.
 *
 * `portal` is `{port}` of the kernel's machine, `{url}` of a server, or null if there is no page.
 */
export async function reachPortal(portal) {
  if (portal?.url) return portal.url;
  if (!portal?.port || !OWN_NAMES.includes(location.hostname)) return "";
  const address = `http://${location.hostname}:${portal.port}`;
  if (!asked.has(address)) asked.set(address, answers(address));
  return (await asked.get(address)) ? address : "";
}

/** True if anybody answers there: a port that isn't forwarded refuses. */
async function answers(address) {
  try {
    await fetch(`${address}/_emulator/health`, { mode: "no-cors" });
    return true;
  } catch {
    return false;
  }
}
