// A form over a request's parameters: change, add or take away some, then let it arrive once more.

import { form, h } from "./dom.js";

/** `send(edit)` gets what was changed, null for what was taken away; `close()` is called when nothing is wanted. */
export function editForm(pairs, { send, close }) {
  const fields = pairs.map(([name, value]) => fieldOf(name, value));
  const added = [
    h("input", { ...named("Name of a new parameter"), placeholder: "Name", autocomplete: "off" }),
    h("input", { ...named("Value of the new parameter"), placeholder: "new parameter", autocomplete: "off" }),
  ];
  const submit = () => {
    const [name, value] = added.map((input) => input.value);
    send(Object.fromEntries([...fields.flatMap(({ change }) => change()), ...(name ? [[name, value]] : [])]));
  };
  return form(
    { class: "tr-edit", "aria-label": "Replay with changes" },
    submit,
    h("div", { class: "tr-fields" }, ...fields.map(({ row }) => row), h("div", { class: "tr-field" }, ...added)),
    h(
      "div",
      { class: "tr-buttons" },
      h("button", { class: "tr-main" }, "Send"),
      h("button", { type: "button", onclick: close }, "Cancel"),
    ),
  );
}

/** Names a field or button; by the same name the focus finds it again. */
function named(name) {
  return { "aria-label": name, "data-key": `edit ${name}` };
}

function fieldOf(name, value) {
  const attributes = { ...named(name), spellcheck: "false", autocomplete: "off" };
  const lines = value.split("\n").length;
  const input = lines > 1 ? h("textarea", { ...attributes, rows: Math.min(lines, 6) }) : h("input", attributes);
  input.value = value;
  const remove = h("button", { ...named(`Take ${name} away`), type: "button", "aria-pressed": "false" }, "Remove");
  remove.addEventListener("click", () => {
    input.disabled = !input.disabled;
    remove.setAttribute("aria-pressed", String(input.disabled));
  });
  const row = h("div", { class: "tr-field" }, h("span", { class: "tr-mono" }, h("bdi", {}, name)), input, remove);
  const change = () => (input.disabled ? [[name, null]] : input.value === value ? [] : [[name, input.value]]);
  return { row, change };
}
