// Where the reader is. A page has it in its address, so that each thing can be linked to; a cell keeps it to itself.
//
//   /workspaces/WS…/tasks/WT…/why?q=es   →  {page: "tasks", workspace: "WS…", sid: "WT…", tab: "why", query: {q: "es"}}
//   /requests/41                         →  {page: "requests", workspace: null, sid: "41", tab: null, query: {}}

import { createContext, html, useContext, useLayoutEffect, useReducer } from "../vendor/preact.js";

const listeners = new Set();
const current = { place: null, cameBack: false };
const read = new WeakMap(); // by place, what its address was read as
const Place = createContext(null);

/** Read the route from `place`, which is `pagePlace()` or `cellPlace(…)`, from now on. */
export function startRouter(place) {
  enterPlace(place);
  place.listen(() => {
    current.cameBack = true;
    for (const listener of [...listeners]) listener();
  });
}

/** Take `place` for where the reader is: that of the view used last, where several are drawn. */
export function enterPlace(place) {
  current.place = place;
}

/** A view with a place of its own. */
export function AtPlace({ place, children }) {
  return html`<${Place.Provider} value=${place}>${children}</${Place.Provider}>`;
}

/** The reader's route now; the same object until the address changes. */
export function route() {
  return routeAt(current.place);
}

function routeAt(place) {
  const address = place.read();
  if (read.get(place)?.address !== address) read.set(place, { address, route: routeOf(address) });
  return read.get(place).route;
}

/** The route of the view, and a new drawing whenever it changes. */
export function useRoute() {
  const place = useContext(Place) ?? current.place;
  const [, redraw] = useReducer((count) => count + 1, 0);
  useLayoutEffect(() => {
    listeners.add(redraw);
    return () => listeners.delete(redraw);
  }, []);
  return routeAt(place);
}

/** Go to a path or a route; `replace` leaves no way back to where the reader is now. */
export function go(to, { replace = false } = {}) {
  current.cameBack = false;
  current.place.write(pathOf(to), replace);
  for (const listener of [...listeners]) listener();
}

/** True if the reader came here by Back or Forward. */
export function cameBack() {
  return current.cameBack;
}

/** The path of a route; what `route` leaves out is not in it, so that `{...route(), tab: null}` has no tab. */
export function pathOf(to) {
  if (typeof to === "string") return to;
  const { page, workspace, sid, tab, query = {} } = to;
  const parts = [...(workspace ? ["workspaces", workspace] : []), page, sid, tab];
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const path = `/${parts.filter(Boolean).map(encodeURIComponent).join("/")}`;
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

/** The route of an address. */
export function routeOf(address) {
  const { pathname, searchParams } = new URL(address, "http://portal");
  const parts = pathname.split("/").filter(Boolean).map(decoded);
  const workspace = parts[0] === "workspaces" && parts.length > 1 ? parts.splice(0, 2)[1] : null;
  const [page = workspace ? "board" : "workspaces", sid = null, tab = null] = parts;
  return { page, workspace, sid, tab, query: Object.fromEntries(searchParams) };
}

/** A link to a path or a route, with a URL that can be copied and opened elsewhere. */
export function Link({ to, replace, onClick, children, ...rest }) {
  const follow = (event) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    go(to, { replace });
  };
  return html`<a ...${rest} href=${current.place.href(pathOf(to))} onClick=${follow}>${children}</a>`;
}

/** The address of the page as a place: Back, Forward and reload keep it. */
export function pagePlace() {
  return {
    read: () => location.pathname + location.search,
    write: (path, replace) => history[replace ? "replaceState" : "pushState"](null, "", path),
    listen: (moved) => addEventListener("popstate", moved),
    href: (path) => path,
  };
}

/** A place in memory. What `shows(route)` says no to, `beside(path)` opens; `base()` is the portal's address or "". */
export function cellPlace(first, { shows, beside, base }) {
  let address = first;
  return {
    read: () => address,
    write: (path) => {
      if (shows(routeOf(path))) address = path;
      else beside(path);
    },
    listen: () => {},
    href: (path) => (base() ? base() + path : "#"),
  };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a hand-typed "%": taken as it stands
  }
}
