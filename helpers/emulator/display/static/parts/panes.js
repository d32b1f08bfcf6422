// HTTP exchanges: a list, one of them in full, its parts as tabs, and a button that sends it again.

import { arrows, h, keepingPlace, uniqueId } from "./dom.js";
import { editForm } from "./edit.js";
import { chip, copyButton, empty, paragraph, spokenLine } from "./parts.js";
import { tabList } from "./tabs.js";

/** Draw exchanges into `root`, under a title or not. `act(words, request)` sends the request. Returns `draw(state)`. */
export function exchangePanes(root, act, titled = true) {
  const id = uniqueId("exchanges");
  const place = { chosen: null, tab: 0, form: null }; // the form keeps what is typed while other requests arrive
  const shown = h("div", {});
  const said = spokenLine();
  let state = null;
  root.append(shown, said);

  const draw = () => {
    const entry = state.entries.find(({ key }) => key === (place.form?.key ?? place.chosen)) ?? state.entries[0];
    const title = state.single || !titled ? [] : [h("h3", {}, `${state.title} (${state.total})`)];
    const doubts = (state.doubts ?? []).map((text) => paragraph(text));
    shown.replaceChildren(...title, ...doubts, entry ? panes(entry) : empty(state.empty));
  };
  const again = () => keepingPlace(root, draw);
  const tell = (text) => {
    said.textContent = text;
  };

  function panes(entry) {
    if (state.single) return h("div", { class: "tr-panes", "data-single": "true" }, detailOf(entry));
    return h("div", { class: "tr-panes" }, listOf(entry), detailOf(entry));
  }

  function listOf(current) {
    const items = state.entries.map((entry) => h("li", {}, listButton(entry, entry === current)));
    if (state.more) items.push(h("li", {}, h("p", { class: "tr-soft" }, `… and ${state.more} more`)));
    const list = h("ul", { class: "tr-list", "aria-label": state.title, "data-scroll": "list" }, ...items);
    arrows(list, ["ArrowUp", "ArrowDown"]);
    return list;
  }

  function listButton(entry, current) {
    const choose = () => {
      place.chosen = entry.key;
      place.form = null;
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

  function detailOf(entry) {
    return h(
      "div",
      { class: "tr-detail" },
      h(
        "div",
        { class: "tr-heading" },
        h("strong", { class: "tr-mono" }, `${entry.method} ${entry.path}`),
        chip(entry.status),
        h("span", { class: "tr-soft" }, entry.took),
        ...(state.replay ? [replayButtons(entry)] : []),
      ),
      ...sentencesOf(entry),
      ...(place.form?.key === entry.key ? [place.form.element] : [tabsOf(entry), panelOf(entry)]),
    );
  }

  function sentencesOf({ sentences, tone }) {
    if (!sentences.length) return [];
    return [h("div", { class: "tr-sentences", "data-tone": tone }, ...sentences.map(paragraph))];
  }

  function replayButtons({ key, parts }) {
    const open = place.form?.key === key;
    const replay = () => act(`Replay request ${key}`, { action: "replay", key });
    const edit = () => {
      place.form = open ? null : { key, element: editOf({ key, parts }) };
      again();
      root.querySelector(".tr-edit input, .tr-edit textarea")?.focus({ preventScroll: true });
    };
    const attributes = { type: "button", "data-key": "edit", "aria-expanded": String(open), onclick: edit };
    return h(
      "span",
      { class: "tr-end tr-buttons" },
      h("button", { type: "button", "data-key": "replay", onclick: replay }, "Replay"),
      ...(parts[0].pairs?.length ? [h("button", attributes, "Replay with changes")] : []),
    );
  }

  function editOf({ key, parts }) {
    const close = () => {
      place.form = null;
      again();
      [...root.querySelectorAll("[data-key]")].find((each) => each.dataset.key === "edit")?.focus();
    };
    const send = (edit) => {
      close();
      act(`Replay request ${key} with changes`, { action: "replay", key, edit });
    };
    return editForm(parts[0].pairs, { send, close });
  }

  function tabsOf(entry) {
    const tabs = entry.parts.map(({ title, pairs }, key) => ({
      key,
      text: pairs ? `${title} (${pairs.length})` : title,
    }));
    const choose = (key) => {
      place.tab = key;
      again();
    };
    return tabList({ id, label: "Parts of the request", tabs, chosen: place.tab, choose });
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

  return (given) => {
    if (state === given) return;
    state = given;
    draw();
  };
}

function partOf({ title, pairs, text, empty: nothing }, tell) {
  if (pairs ? !pairs.length : !text) return [h("p", { class: "tr-soft" }, `${title}: ${nothing}`)];
  if (!pairs) {
    const whole = h("pre", { dir: "auto" }, text);
    return [h("div", { class: "tr-listing" }, whole, copyButton(title, text, tell))];
  }
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
