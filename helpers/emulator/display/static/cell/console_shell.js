// The console in a cell: the portal's pages about one Workspace, as tabs.

import { CodeTwin } from "../components/code_twin.js";
import { Tabs } from "../components/tabs.js";
import { go, useRoute } from "../core/router.js";
import { useStore } from "../core/store.js";
import { Glyph } from "../marks/glyph.js";
import { Note } from "../marks/note.js";
import { PAGES } from "../pages/registry.js";
import { latestTask } from "../pages/tasks/task_facts.js";
import { Guarded } from "../shell/guarded.js";
import { html, useEffect, useState } from "../vendor/preact.js";
import { AGAIN } from "./kernel_end.js";
import { cellOf, hasPanes, nameTab, openOutputBeside } from "./lab.js";

const WAITING = "Waiting for the kernel. A running cell has to finish first.";
const GONE = "Run the set-up cells again, and the console shows the new one.";
const TABS = [
  { key: "board", text: "Board" },
  { key: "tasks", text: "Task" },
  { key: "events", text: "Events" },
  { key: "requests", text: "Requests" },
  { key: "clock", text: "Clock" },
];
const DRAWN = [...TABS.map(({ key }) => key), "workers"]; // a Worker's page belongs to the Board

/** True for the pages that the console draws itself, though the portal can be opened. */
export function isConsolePage({ page }) {
  return DRAWN.includes(page);
}

/** The whole console; see cellWidget for what it gets. */
export function ConsoleShell({ el, place, isWaiting, did, say }) {
  const here = useRoute();
  const state = useStore((whole) => whole);
  const name = Object.values(state.records.workspace)[0]?.friendly_name ?? "no Workspace";
  const page = PAGES.find((each) => each.name === here.page) ?? PAGES[0];
  const choose = (key) => go(pathOfTab(key, place.workspace, state));
  return html`<fieldset class="tr-console" role="none" disabled=${state.link === "ended"} data-link=${state.link}>
    <header class="tr-cell-head">
      <h3><bdi>${name}</bdi></h3>
      <${Beside} el=${el} label=${`Board · ${name}`} />
    </header>
    <${Tabs} label="Parts of the console" tabs=${TABS} chosen=${here.page} choose=${choose} />
    <div class="tr-cell-notes" role="status">${notesOf(state).map(noteOf)}</div>
    ${!isGone(state.records) && html`<${Guarded} key=${page.name}><${page.component} page=${page} /><//>`}
    ${(did || isWaiting) && html`<${Foot} did=${did} isWaiting=${isWaiting} close=${() => say({ did: null })} />`}
  </fieldset>`;
}

function pathOfTab(key, workspace, state) {
  const task = key === "tasks" ? latestTask(state) : undefined;
  return { page: key, workspace, sid: task?.sid };
}

/** What the last click did, as code, at an edge where nothing else moves for it. */
function Foot({ did, isWaiting, close }) {
  return html`<footer class="tr-did">
    <header>
      <p role="status">${isWaiting ? WAITING : did.says}</p>
      ${did && html`<button type="button" class="tr-icon" aria-label="Close" onClick=${close}><${Glyph} name="close" /></button>`}
    </header>
    ${did && html`<${CodeTwin} call=${did} />`}
  </footer>`;
}

/** True if the Workspace isn't there any more, so that nothing can be done in it. */
function isGone(records) {
  return !Object.keys(records.workspace).length;
}

/** What the reader has to know before anything else, as props of a Note. */
function notesOf({ link, notes = [], records }) {
  if (link === "ended") return [{ tone: "wait", bold: "This is from before the kernel stopped.", children: AGAIN }];
  return [
    ...(isGone(records) ? [{ tone: "wait", bold: "This Workspace no longer exists.", children: GONE }] : []),
    ...notes.map((text) => ({ tone: "wait", children: text })),
  ];
}

function noteOf({ children, ...props }) {
  return html`<${Note} key=${`${props.bold}${children}`} ...${props}>${children}<//>`;
}

/** The button that opens the console beside the notebook, if it can; beside it there is none, and the tab gets its name. */
function Beside({ el, label }) {
  const [isInNotebook, set] = useState(false);
  useEffect(() => {
    const look = () => set(hasPanes() && Boolean(cellOf(el)));
    const timer = requestAnimationFrame(look); // `el` is in the page only after drawing
    return () => cancelAnimationFrame(timer);
  }, []);
  useEffect(() => {
    const timer = requestAnimationFrame(() => nameTab(el, label));
    return () => cancelAnimationFrame(timer);
  }, [label]);
  return (
    isInNotebook &&
    html`<button type="button" class="tr-button" data-kind="plain" onClick=${() => openOutputBeside(el)}>Open beside</button>`
  );
}
