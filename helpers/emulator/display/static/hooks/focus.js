// The focus is never lost: where the element that had it goes, the nearest thing around it that is left takes it.

const SOON_MS = 500;
const current = { chain: [], wantedAt: -SOON_MS };

/** Watch over the focus below `root`; returns what ends that. */
export function keepFocus(root) {
  const note = ({ target }) => {
    current.chain = ancestors(target, root);
  };
  const observer = new MutationObserver(() => {
    const [last] = current.chain;
    if (!last || last.isConnected || document.activeElement !== document.body) return;
    const left = current.chain.find((each) => each.isConnected && each.getClientRects().length);
    focusOn(left?.querySelector("h1, h2, [tabindex='0']") ?? left ?? root);
  });
  root.addEventListener("focusin", note);
  observer.observe(root, { childList: true, subtree: true });
  return () => {
    root.removeEventListener("focusin", note);
    observer.disconnect();
  };
}

/** Give an element the focus, whether or not the Tab key could. */
export function focusOn(element) {
  if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll: true });
}

/** Ask that what opens next takes the focus to its heading, as Enter on a row does and a click doesn't. */
export function wantHeading() {
  current.wantedAt = performance.now();
}

/** True, once, if something was just opened that is to take the focus. */
export function headingWanted() {
  const wanted = performance.now() - current.wantedAt < SOON_MS;
  current.wantedAt = -SOON_MS;
  return wanted;
}

/** Take the focus to the heading of what is open beside the list. */
export function focusHeading() {
  document.querySelector(".tr-drawer :is(h1, h2)")?.focus();
}

function ancestors(element, root) {
  const chain = [];
  for (let each = element; each && each !== root.parentNode; each = each.parentElement) chain.push(each);
  return chain;
}
