// Why the Tasks on the screen wait, for the second line of their rows.
//
// A row asks for itself as long as it is drawn. All rows are asked for in one request, one request at a time, and again
// when the Workspace has changed; until then the last words stay, so that nothing flickers.

import { ask } from "../../core/hosts/host.js";
import { useStore } from "../../core/store.js";
import { createContext, html, useContext, useEffect, useMemo, useState } from "../../vendor/preact.js";

const AGAIN_MS = 100; // a burst of changes is asked about ten times a second at most
const SHOWN = ["words", "place", "moves_ms"];
const Book = createContext(null);

/** Let rows below ask why their Tasks wait. */
export function WhyBook({ children }) {
  const records = useStore((state) => state.records);
  const book = useMemo(openBook, []);
  useEffect(() => book.renew(), [records]);
  return html`<${Book.Provider} value=${book}>${children}<//>`;
}

/** Why a Task waits, {words, kind, …} as the question `whys` answers; undefined as long as nobody has said so. */
export function useWhy(taskSid) {
  const book = useContext(Book);
  const [why, setWhy] = useState(book.known(taskSid));
  useEffect(() => book.want(taskSid, setWhy), [taskSid]);
  return why;
}

function openBook() {
  const rows = new Map(); // Task SID to the functions that show its words
  const words = new Map();
  const fresh = new Set(); // SIDs whose words are those of the Workspace as it is now
  let asking = false;
  let planned = false;

  function plan() {
    if (planned) return;
    planned = true;
    requestAnimationFrame(() => {
      planned = false;
      answer();
    });
  }

  async function answer() {
    const tasks = [...rows.keys()].filter((sid) => !fresh.has(sid));
    if (asking || !tasks.length) return;
    asking = true;
    for (const sid of tasks) fresh.add(sid);
    const { whys = {} } = await ask({ question: "whys", tasks }).catch(() => ({}));
    for (const [sid, why] of Object.entries(whys)) tell(sid, why);
    setTimeout(() => {
      asking = false;
      plan(); // for what has changed meanwhile
    }, AGAIN_MS);
  }

  function tell(sid, why) {
    if (SHOWN.every((part) => words.get(sid)?.[part] === why[part])) return;
    words.set(sid, why);
    for (const show of rows.get(sid) ?? []) show(why);
  }

  function want(sid, show) {
    rows.set(sid, (rows.get(sid) ?? new Set()).add(show));
    plan();
    return () => {
      rows.get(sid).delete(show);
      if (!rows.get(sid).size) rows.delete(sid);
    };
  }

  function renew() {
    fresh.clear();
    plan();
  }

  return { want, renew, known: (sid) => words.get(sid) };
}
