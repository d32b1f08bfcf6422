// Making and moving parts of the page. Text only ever reaches it as text nodes, so no name can bring markup with it.

/** Make an element; attributes named on… are listeners, undefined and false ones are left out. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  if (["button", "input", "select", "textarea"].includes(tag) || "tabindex" in attributes) {
    element.setAttribute("data-lm-suppress-shortcuts", "true"); // or JupyterLab would take Enter and the arrow keys
  }
  element.append(...children);
  return element;
}

/** A form; `submit()` is called by its button and by Enter in a field, which JupyterLab keeps from the browser. */
export function form(attributes, submit, ...children) {
  const element = h("form", attributes, ...children);
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    element.requestSubmit();
  });
  return element;
}

/** An id for `name` that no other widget of the page has; each loads its own copy of this module, so no counter. */
export function uniqueId(name) {
  return `tr-${name}-${Math.random().toString(36).slice(2)}`;
}

/** Let arrow keys, Home and End move between the buttons of a list that is one tab stop. */
export function arrows(list, [back, forth], then = () => {}) {
  list.addEventListener("keydown", (event) => {
    const buttons = [...list.querySelectorAll("button")];
    const from = buttons.indexOf(event.target);
    const to = { [back]: from - 1, [forth]: from + 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (from < 0 || to === undefined) return;
    event.preventDefault();
    const target = buttons[(to + buttons.length) % buttons.length];
    target.focus();
    then(target);
  });
}

const kept = new WeakMap();

/**
 * Let `parent` hold one element for each of `items`, in their order, touching only what changed: each has a `key`.
 *
 * `make(item)` makes an element. One whose item reads differently is made anew, or handed to `update(element, item)`.
 */
export function keyed(parent, items, make, update) {
  const before = kept.get(parent) ?? new Map();
  const now = new Map();
  for (const item of items) {
    const text = JSON.stringify(item);
    let element = before.get(item.key)?.element;
    const same = before.get(item.key)?.text === text;
    if (!element || (!same && !update)) element = make(item);
    if (!same) update?.(element, item);
    now.set(item.key, { text, element });
  }
  kept.set(parent, now);
  const elements = [...now.values()].map(({ element }) => element);
  place(parent, elements);
}

function place(parent, elements) {
  const wanted = new Set(elements);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const element of elements) {
    if (element === next) next = next.nextElementSibling;
    else parent.insertBefore(element, next);
  }
}

/** Make a list of buttons one tab stop, where arrow keys move on; call `settle` after its items have changed. */
export function oneStop(list) {
  const settle = (wanted) => {
    const buttons = [...list.querySelectorAll("button")];
    const stop = buttons.includes(wanted) ? wanted : (buttons.find(({ tabIndex }) => tabIndex === 0) ?? buttons[0]);
    for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
  };
  list.addEventListener("focusin", ({ target }) => settle(target));
  arrows(list, ["ArrowUp", "ArrowDown"]);
  return settle;
}

/**
 * Redraw without taking the focus (by data-key) or the scroll position (by data-scroll) from the reader.
 *
 * Where the control that had the focus is gone, what held it gets the focus: the row, then the list, each by its
 * data-key, and at last the element marked data-home. On the page's body a reader with a keyboard would be lost.
 */
export function keepingPlace(root, draw) {
  const focused = root.contains(document.activeElement) ? document.activeElement : null;
  const trail = focused ? keysAround(focused, root) : [];
  const scrolling = [...root.querySelectorAll("[data-scroll]")];
  const scrolled = new Map(scrolling.map((each) => [each.dataset.scroll, each.scrollTop]));
  draw();
  for (const each of root.querySelectorAll("[data-scroll]")) each.scrollTop = scrolled.get(each.dataset.scroll) ?? 0;
  if (!focused || (focused === document.activeElement && canStop(focused))) return;
  const keyed = [...root.querySelectorAll("[data-key]")];
  const held = trail.map((key) => keyed.find((each) => each.dataset.key === key)).filter(Boolean);
  const stops = [...held, root.querySelector("[data-home]")].filter(Boolean).flatMap(stopsIn);
  stops[0]?.focus({ preventScroll: true });
}

/** The data-key of an element and of everything that holds it, the innermost first. */
function keysAround(element, root) {
  const keys = [];
  for (let each = element; each && each !== root; each = each.parentElement) {
    if (each.dataset.key) keys.push(each.dataset.key);
  }
  return keys;
}

/** Where the focus can go: an element itself, or what is in it. */
function stopsIn(element) {
  return [element, ...element.querySelectorAll("*")].filter(canStop);
}

function canStop(element) {
  const takesFocus = element.matches("button, input, select, textarea, [tabindex]");
  return takesFocus && !element.matches(":disabled") && element.getClientRects().length > 0;
}

/** Mark where the focus goes when its place is gone, such as the words that say what came of a click. */
export function home(element) {
  element.tabIndex = -1;
  element.dataset.home = "";
  return element;
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
