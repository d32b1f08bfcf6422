// HTTP exchanges: a list, one of them in full, its parts as tabs.

import { arrows, h, keepingPlace, uniqueId } from "../dom.js";
import { chip, copyButton, empty, paragraph, spokenLine, twin } from "../parts.js";
import { widget } from "../widget.js";

export default widget((root, { model, ask }) => {
  const id = uniqueId("exchanges");
  const place = { chosen: null, tab: 0, clicked: null };
  const shown = h("div", {});
  const said = spokenLine();
  root.append(shown, said);
  const draw = () => {
    const state = model.get("state");
    const entry = state.entries.find(({ key }) => key === place.chosen) ?? state.entries[0];
    const title = state.single ? [] : [h("h3", {}, `${state.title} (${state.total})`)];
    shown.replaceChildren(...title, entry ? panes(state, entry) : empty(state.empty));
  };
  const again = () => keepingPlace(root, draw);
  const tell = (text) => {
    said.textContent = text;
  };

  function panes(state, entry) {
    const detail = detailOf(entry, state.replay);
    if (state.single) return h("div", { class: "tr-panes", "data-single": "true" }, detail);
    return h("div", { class: "tr-panes" }, listOf(state, entry), detail);
  }

  function listOf(state, current) {
    const items = state.entries.map((entry) => h("li", {}, listButton(entry, entry === current)));
    if (state.more) items.push(h("li", {}, h("p", { class: "tr-soft" }, `… and ${state.more} more`)));
    const list = h("ul", { class: "tr-list", "aria-label": state.title, "data-scroll": "list" }, ...items);
    arrows(list, ["ArrowUp", "ArrowDown"]);
    return list;
  }

  function listButton(entry, current) {
    const choose = () => {
      place.chosen = entry.key;
      again();
    };
    return h(
      "button",
      {
        type: "button",
        "aria-current": String(current),
        tabindex: current ? "0" : "-1",
        "data-key": `entry ${entry.key}`,
        onclick: choose,
      },
      h("span", { class: "tr-path tr-mono", title: entry.path }, `${entry.method} ${brief(entry.path)}`),
      chip(entry.status),
      h("small", {}, h("bdi", {}, `${entry.key}${entry.about ? ` · ${entry.about}` : ""}`)),
      h("small", {}, entry.took),
    );
  }

  function detailOf(entry, replayable) {
    return h(
      "div",
      { class: "tr-detail" },
      h(
        "div",
        { class: "tr-heading" },
        h("strong", { class: "tr-mono" }, `${entry.method} ${entry.path}`),
        chip(entry.status),
        h("span", { class: "tr-soft" }, entry.took),
        ...(replayable ? [replayButton(entry)] : []),
      ),
      ...sentencesOf(entry),
      tabsOf(entry),
      panelOf(entry),
      ...(place.clicked?.key === entry.key ? [twin(entry.twin, place.clicked.text)] : []),
    );
  }

  function sentencesOf({ sentences, tone }) {
    if (!sentences.length) return [];
    return [h("div", { class: "tr-sentences", "data-tone": tone }, ...sentences.map(paragraph))];
  }

  function replayButton({ key }) {
    const answered = (text) => {
      place.clicked = { key, text };
      tell(text);
      again();
    };
    const replay = async () => answered((await ask({ action: "replay", key }, answered)).text);
    return h("button", { type: "button", class: "tr-end", "data-key": "replay", onclick: replay }, "Replay");
  }

  function tabsOf(entry) {
    const tabs = entry.parts.map((part, number) => tabOf(part, number));
    const list = h("div", { class: "tr-tabs", role: "tablist", "aria-label": "Parts of the request" }, ...tabs);
    arrows(list, ["ArrowLeft", "ArrowRight"], (tab) => tab.click());
    return list;
  }

  function tabOf(part, number) {
    const choose = () => {
      place.tab = number;
      again();
    };
    return h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `${id}-tab-${number}`,
        "aria-selected": String(number === place.tab),
        "aria-controls": `${id}-panel`,
        tabindex: number === place.tab ? "0" : "-1",
        "data-key": `tab ${number}`,
        onclick: choose,
      },
      part.pairs ? `${part.title} (${part.pairs.length})` : part.title,
    );
  }

  function panelOf(entry) {
    return h(
      "div",
      {
        class: "tr-panel",
        role: "tabpanel",
        id: `${id}-panel`,
        "aria-labelledby": `${id}-tab-${place.tab}`,
        tabindex: "0",
        "data-key": "panel",
        "data-scroll": `panel ${entry.key} ${place.tab}`,
      },
      ...partOf(entry.parts[place.tab], tell),
    );
  }

  return { draw };
});

function partOf({ title, pairs, text, empty: nothing }, tell) {
  if (pairs ? !pairs.length : !text) return [h("p", { class: "tr-soft" }, `${title}: ${nothing}`)];
  if (!pairs) return [h("div", { class: "tr-listing" }, h("pre", { dir: "auto" }, text), copyButton(title, text, tell))];
  const rows = pairs.map(([name, value]) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, h("bdi", {}, name)),
      h("td", {}, h("pre", { dir: "auto" }, value)),
      h("td", {}, copyButton(name, value, tell)),
    ),
  );
  return [h("table", { "aria-label": title }, h("tbody", {}, ...rows))];
}

/** A path short enough for a list: the Workspace is left out, and SIDs are cut to what tells them apart. */
function brief(path) {
  return path.replace(/^\/v1\/Workspaces\/WS[0-9a-f]{32}\//, "…/").replace(/([A-Z]{2}[0-9a-f]{4})[0-9a-f]{28}/g, "$1…");
}
