// Draws every view of the console. Text only ever reaches the page as text nodes, so no name can bring markup with it.

const MARKS = { done: "✓", now: "●", next: "", "to come": "", "not reached": "–" };

const TONES = {
  good: ["available", "assigned", "accepted", "completed"],
  wait: ["pending", "reserved", "wrapping"],
  bad: ["canceled", "rejected", "timeout", "rescinded", "no answer"],
};

function render({ model, el }) {
  const root = h("div", { class: "tr" });
  const { draw, heard = () => {} } = VIEWS[model.get("view")](root, model);
  const redraw = () => keepingPlace(root, () => draw(model.get("state")));
  const hear = () => heard(model.get("answer"));
  model.on("change:state", redraw);
  model.on("change:answer", hear);
  redraw();
  el.append(root);
  return () => {
    model.off("change:state", redraw);
    model.off("change:answer", hear);
  };
}

const VIEWS = { lifecycle, table, exchanges };

// -- lifecycle: the same five items are kept, so that a change of state is a quiet transition ----------------------

function lifecycle(root) {
  const stages = h("ol", { class: "tr-stages", "aria-label": "TaskRouter lifecycle of the Task" });
  const sentences = h("div", { class: "tr-sentences", role: "status" });
  root.append(stages, sentences);
  const draw = (state) => {
    if (!stages.children.length) stages.append(...state.stages.map(stageItem));
    state.stages.forEach(([, progress], place) => markStage(stages.children[place], progress));
    sentences.replaceChildren(...state.sentences.map(paragraph));
    sentences.lastElementChild.dataset.next = "true";
  };
  return { draw };
}

function paragraph(text) {
  return h("p", { dir: "auto" }, text);
}

function stageItem([name]) {
  return h(
    "li",
    { class: "tr-stage" },
    h("span", { class: "tr-mark", "aria-hidden": "true" }),
    h("span", { class: "tr-name" }, name),
    h("span", { class: "tr-state" }),
  );
}

function markStage(item, progress) {
  const [mark, , words] = item.children;
  item.dataset.state = progress;
  item.setAttribute("aria-current", progress === "now" ? "step" : "false");
  mark.textContent = MARKS[progress];
  words.textContent = progress;
}

// -- table ------------------------------------------------------------------------------------------------------------

function table(root) {
  const draw = (state) => {
    const more = state.more ? [h("p", { class: "tr-soft" }, `… and ${state.more} more`)] : [];
    const body = state.rows.length ? [rowsOf(state), ...more] : [h("p", { class: "tr-empty" }, state.empty)];
    root.replaceChildren(h("h3", {}, state.title), ...body);
  };
  return { draw };
}

function rowsOf({ title, columns, rows }) {
  const heading = columns.map((column) => h("th", { scope: "col", "data-kind": column.kind }, column.title));
  const lines = rows.map((row) => h("tr", {}, ...row.map((text, place) => cell(text, columns[place].kind))));
  const all = h("table", { "aria-label": title }, h("thead", {}, h("tr", {}, ...heading)), h("tbody", {}, ...lines));
  return h("div", { class: "tr-scroll", tabindex: "0", role: "region", "aria-label": title, "data-key": "rows" }, all);
}

function cell(text, kind) {
  const content = kind === "status" ? chip(text) : h("bdi", {}, text);
  return h("td", { "data-kind": kind, ...(kind === "sid" ? { title: text } : {}) }, content);
}

function chip(text) {
  const code = Number(text);
  const named = Object.keys(TONES).find((tone) => TONES[tone].includes(text));
  const tone = named ?? (code >= 400 ? "bad" : code >= 200 && code < 300 ? "good" : "plain");
  return h("span", { class: "tr-chip", "data-tone": tone }, text);
}

// -- exchanges: a list, one in full, its parts as tabs ----------------------------------------------------------------

function exchanges(root, model) {
  const id = `tr-${Math.random().toString(36).slice(2)}`; // each widget loads its own copy of this module: no counter
  const place = { chosen: null, tab: 0, clicked: null };
  const shown = h("div", {});
  const said = h("p", { class: "tr-spoken", role: "status" });
  root.append(shown, said); // the spoken line stays where it is, or a screen reader would miss it
  const draw = () => {
    const state = model.get("state");
    const entry = state.entries.find(({ key }) => key === place.chosen) ?? state.entries[0];
    const body = entry ? panes(state, entry) : h("p", { class: "tr-empty" }, state.empty);
    const title = state.single ? [] : [h("h3", {}, `${state.title} (${state.total})`)];
    shown.replaceChildren(...title, body);
  };
  const again = () => keepingPlace(root, draw);

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
      ...(place.clicked?.key === entry.key ? [twinOf(entry)] : []),
    );
  }

  function sentencesOf({ sentences, tone }) {
    if (!sentences.length) return [];
    return [h("div", { class: "tr-sentences", "data-tone": tone }, ...sentences.map(paragraph))];
  }

  function replayButton(entry) {
    const replay = () => {
      const text = "Asked for. The kernel answers as soon as no cell is running.";
      place.clicked = { key: entry.key, text };
      model.send({ action: "replay", key: entry.key });
      tell(text);
      again();
    };
    return h("button", { type: "button", class: "tr-end", "data-key": "replay", onclick: replay }, "Replay");
  }

  function twinOf(entry) {
    return h(
      "div",
      { class: "tr-twin" },
      h("code", { class: "tr-mono" }, `# you could have typed: ${entry.twin}`),
      h("span", { class: "tr-soft" }, place.clicked.text),
    );
  }

  function tabsOf(entry) {
    const tabs = entry.parts.map((part, number) =>
      h(
        "button",
        {
          type: "button",
          role: "tab",
          id: `${id}-tab-${number}`,
          "aria-selected": String(number === place.tab),
          "aria-controls": `${id}-panel`,
          tabindex: number === place.tab ? "0" : "-1",
          "data-key": `tab ${number}`,
          onclick: () => {
            place.tab = number;
            again();
          },
        },
        part.pairs ? `${part.title} (${part.pairs.length})` : part.title,
      ),
    );
    const list = h("div", { class: "tr-tabs", role: "tablist", "aria-label": "Parts of the request" }, ...tabs);
    arrows(list, ["ArrowLeft", "ArrowRight"], (tab) => tab.click());
    return list;
  }

  function panelOf(entry) {
    const part = entry.parts[place.tab];
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
      ...partOf(part),
    );
  }

  function partOf({ title, pairs, text, empty }) {
    if (pairs ? !pairs.length : !text) return [h("p", { class: "tr-soft" }, `${title}: ${empty}`)];
    if (!pairs) return [h("div", { class: "tr-listing" }, h("pre", { dir: "auto" }, text), copyButton(title, text))];
    const rows = pairs.map(([name, value]) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, h("bdi", {}, name)),
        h("td", {}, h("pre", { dir: "auto" }, value)),
        h("td", {}, copyButton(name, value)),
      ),
    );
    return [h("table", { "aria-label": title }, h("tbody", {}, ...rows))];
  }

  function copyButton(name, text) {
    const copy = async () => {
      const copied = await copyText(text);
      tell(copied ? `Copied ${name}.` : `The browser did not allow copying ${name}: select it instead.`);
      button.textContent = copied ? "Copied" : "Select";
      setTimeout(() => (button.textContent = "Copy"), 1500);
    };
    const button = h(
      "button",
      { type: "button", class: "tr-copy", "aria-label": `Copy ${name}`, "data-key": `copy ${name}`, onclick: copy },
      "Copy",
    );
    return button;
  }

  function tell(text) {
    said.textContent = text;
  }

  const heard = ({ key, text }) => {
    if (place.clicked?.key === key) place.clicked.text = text;
    tell(text);
    again();
  };
  return { draw, heard };
}

// -- what all of them use ---------------------------------------------------------------------------------------------

function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  if (tag === "button" || "tabindex" in attributes) {
    element.setAttribute("data-lm-suppress-shortcuts", "true"); // or JupyterLab would take Enter and the arrow keys
  }
  element.append(...children);
  return element;
}

/** A path short enough for a list: the Workspace is left out, and SIDs are cut to what tells them apart. */
function brief(path) {
  return path.replace(/^\/v1\/Workspaces\/WS[0-9a-f]{32}\//, "…/").replace(/([A-Z]{2}[0-9a-f]{4})[0-9a-f]{28}/g, "$1…");
}

/** Let arrow keys, Home and End move between the buttons of a list that is one tab stop. */
function arrows(list, [back, forth], then = () => {}) {
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

/** Redraw without taking the focus or the scroll position from the reader. */
function keepingPlace(root, draw) {
  const focused = root.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const scrolled = new Map([...root.querySelectorAll("[data-scroll]")].map((each) => [each.dataset.scroll, each.scrollTop]));
  draw();
  for (const each of root.querySelectorAll("[data-scroll]")) each.scrollTop = scrolled.get(each.dataset.scroll) ?? 0;
  if (focused === undefined) return;
  [...root.querySelectorAll("[data-key]")].find((each) => each.dataset.key === focused)?.focus({ preventScroll: true });
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

export default { render };
