// Where "Go to…" leads: pages, actions, and everything in the Workspace that has a name or a SID.

import { go } from "../core/router.js";
import { listOf } from "../core/store.js";
import { shortSid } from "../core/text.js";
import { AROUND, chooseTheme } from "../core/theme.js";

const SHOWN = 50;
const NAMED = [
  ["workers", "workers", "Worker"],
  ["task_queues", "queues", "TaskQueue"],
  ["workflows", "workflows", "Workflow"],
  ["activities", "activities", "Activity"],
];

/**
 * The destinations that `words` find, as `{key, text, note, glyph, go}`, the best first, and at most 50. `state` is the
 * store's, `pages` the registry, `workspace` the SID of the Workspace looked at or undefined.
 */
export function destinations(words, { state, pages, workspace }) {
  const wanted = words.trim().toLowerCase();
  const all = [...pageEntries(pages, workspace), ...(workspace ? actionEntries(workspace) : []), ...LOOKS];
  const named = wanted && workspace ? [...names(state, workspace), ...tasks(state, workspace, wanted)] : [];
  const found = [...all, ...named].filter((each) => each.search.includes(wanted));
  return found.sort((one, other) => begins(other, wanted) - begins(one, wanted)).slice(0, SHOWN);
}

function begins({ search }, wanted) {
  return search.startsWith(wanted) ? 1 : 0;
}

function entry(key, text, note, glyph, to) {
  return {
    key,
    text,
    note,
    glyph,
    search: `${text} ${key}`.toLowerCase(),
    go: typeof to === "function" ? to : () => go(to),
  };
}

function pageEntries(pages, workspace) {
  return pages
    .filter(({ wide }) => wide || workspace)
    .map(({ name, title, wide }) =>
      entry(name, title, "Page", name, { page: name, workspace: wide ? null : workspace }),
    );
}

function actionEntries(workspace) {
  return [
    entry("create-task", "Create task", "Action", "plus", { page: "tasks", workspace, sid: "new" }),
    entry("all-workspaces", "All Workspaces", "Page", "board", "/?all=1"),
  ];
}

const LOOKS = [
  entry("light-colours", "Light colors", "Action", "available", () => chooseTheme("light")),
  entry("dark-colours", "Dark colors", "Action", "unavailable", () => chooseTheme("dark")),
  entry("system-colours", `Colors as ${AROUND}`, "Action", "reserved", () => chooseTheme("system")),
];

function names(state, workspace) {
  return NAMED.flatMap(([kind, page, word]) =>
    listOf(state.records[kind]).map(({ sid, friendly_name }) =>
      entry(sid, friendly_name, word, page, { page, workspace, sid }),
    ),
  );
}

/** Tasks by their SID or by what stands in their attributes. */
function tasks(state, workspace, wanted) {
  const found = listOf(state.records.tasks).filter(
    ({ sid, attributes }) => sid.toLowerCase().startsWith(wanted) || attributes.toLowerCase().includes(wanted),
  );
  return found.slice(-SHOWN).map(({ sid, attributes, assignment_status }) => ({
    ...entry(sid, attributes, `Task ${shortSid(sid)}`, assignment_status, { page: "tasks", workspace, sid }),
    search: `${sid} ${attributes}`.toLowerCase(),
  }));
}
