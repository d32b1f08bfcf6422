// The console of a Workspace: clock, lifecycle of one Task, and board, events and requests as tabs.

import { board } from "../board/board.js";
import { clock } from "../board/clock.js";
import { timeline } from "../board/timeline.js";
import { besideButton } from "../cell/beside.js";
import { widget } from "../cell/widget.js";
import { h, home, keepingPlace, uniqueId } from "../parts/dom.js";
import { menuIn } from "../parts/menu.js";
import { exchangePanes } from "../parts/panes.js";
import { outcome, paragraph } from "../parts/parts.js";
import { strip } from "../parts/strip.js";
import { tabList } from "../parts/tabs.js";

const PRESENT_EVERY_MS = 120_000;
const TABS = ["board", "events", "requests"];

export default widget((root, { el, ask, send }) => {
  const id = uniqueId("console");
  const place = { tab: "board", task: null, waiting: {} };
  let state = null;

  const last = outcome("Each control here does what one line of code does. The line appears here.");
  const name = h("h3", {});
  const trouble = h("div", { class: "tr-trouble", role: "status" });
  const top = h("header", { class: "tr-top" }, h("div", { class: "tr-title" }, name, besideButton(el)), trouble);
  const tabs = h("div", {});
  const task = h("section", { class: "tr-task", "aria-label": "The Task chosen" });
  const taskName = h("p", { class: "tr-mono tr-soft" });
  task.append(taskName);
  const panels = Object.fromEntries(TABS.map((key) => [key, h("div", {})]));
  const panel = h("div", { role: "tabpanel", id: `${id}-panel` }, task, ...Object.values(panels));
  root.append(h("div", { class: "tr-console" }, top, home(last.bar), tabs, panel));

  const again = () => keepingPlace(root, () => draw(state));
  const drawClock = clock(top, act);
  const drawStrip = strip(task);
  const drawBoard = board(panels.board, { choose, menu: menuIn(root), act });
  const drawEvents = timeline(panels.events);
  const drawRequests = exchangePanes(panels.requests, act, false);

  async function act(words, request, key = request.action) {
    const waiting = (text) => {
      place.waiting = { ...place.waiting, [key]: words };
      last.show({ text: `${words}: ${text}` });
      again();
    };
    await ask(request, waiting);
    if (!place.waiting[key]) return;
    place.waiting = { ...place.waiting, [key]: undefined };
    again();
  }

  function choose(sid) {
    place.task = sid;
    again();
  }

  function draw(given) {
    state = given;
    name.replaceChildren(h("bdi", {}, state.name));
    trouble.replaceChildren(...(state.trouble ? state.trouble.split("\n").map(paragraph) : []));
    drawClock(state.clock);
    drawTabs();
    const chosen = state.tasks[place.task] ? place.task : state.focus;
    drawTask(state.tasks[chosen]);
    if (place.tab === "board") drawBoard(state, { chosen, waiting: place.waiting });
    if (place.tab === "events") drawEvents(state);
    if (place.tab === "requests") drawRequests(state.requests);
    present();
  }

  function drawTabs() {
    const counts = { board: "", events: ` (${state.events.length})`, requests: ` (${state.requests.total})` };
    const list = TABS.map((key) => ({ key, text: `${key[0].toUpperCase()}${key.slice(1)}${counts[key]}` }));
    const show = (key) => {
      place.tab = key;
      again();
    };
    tabs.replaceChildren(tabList({ id, label: "Parts of the console", tabs: list, chosen: place.tab, choose: show }));
    panel.setAttribute("aria-labelledby", `${id}-tab-${place.tab}`);
    for (const key of TABS) panels[key].hidden = key !== place.tab;
  }

  function drawTask(chosen) {
    task.hidden = !chosen || place.tab === "requests";
    if (!chosen) return;
    const text = JSON.stringify(chosen);
    if (task.dataset.shows === text) return; // what has not changed must not be spoken again
    task.dataset.shows = text;
    taskName.replaceChildren(`Task ${chosen.name} `, h("bdi", {}, chosen.about));
    drawStrip(chosen);
  }

  // Where nobody tells of changes, the Workspace is read at intervals, as long as a page says that it shows the console.
  let timer;
  function present() {
    if (!state.polled || timer) return;
    const say = () => document.visibilityState === "visible" && send({ action: "present" });
    timer = setInterval(say, PRESENT_EVERY_MS);
    say();
  }

  return { draw, heard: last.show, end: () => clearInterval(timer) };
});
