// What the keys do, whether they do it, and in which colours all this is drawn.

import { Dialog } from "../components/dialog.js";
import { Segments } from "../components/segments.js";
import { setSingleKeys, singleKeys } from "../core/keys.js";
import { AROUND, chooseTheme, chosenTheme } from "../core/theme.js";
import { html, useState } from "../vendor/preact.js";

const THEMES = [
  { key: "system", text: `As ${AROUND}` },
  { key: "light", text: "Light" },
  { key: "dark", text: "Dark" },
];
const KEYS = [
  [["Ctrl", "K"], "go to a page, a name, a SID or an action"],
  [["/"], "filter the list"],
  [["C"], "create a Task"],
  [["A"], "Activity menu of the Worker with the focus"],
  [["R"], "replay the shown request"],
  [["↑", "↓"], "move in a list, with the details beside it"],
  [["Home", "End", "PgUp", "PgDn"], "move in a long list"],
  [["Enter"], "open the row"],
  [["Esc"], "close the menu, then the dialog or the drawer"],
  [["Ctrl", "Enter"], "the main button of the dialog or the drawer"],
  [["←", "→"], "move among tabs and segments"],
];

/** `pages` is the registry: a page with a `key` is gone to by G and that letter. */
export function Help({ pages, close }) {
  const [theme, setTheme] = useState(chosenTheme);
  const [on, setOn] = useState(singleKeys);
  const choose = (key) => {
    chooseTheme(key);
    setTheme(key);
  };
  const turn = ({ target }) => {
    setSingleKeys(target.checked);
    setOn(target.checked);
  };
  const ways = pages.filter(({ key }) => key).map(({ key, title }) => [["G", key.toUpperCase()], title]);
  return html`<${Dialog} title="Keyboard and looks" close=${close}>
    <div class="tr-help">
      <section><h3>Colours</h3><${Segments} label="Colours" items=${THEMES} chosen=${theme} choose=${choose} /></section>
      <section><h3>Keys</h3><${KeyList} keys=${KEYS} /></section>
      <section>
        <h3>Pages</h3>
        <${KeyList} keys=${ways} />
        <label class="tr-check"><input type="checkbox" checked=${on} onChange=${turn} />Single keys do something</label>
      </section>
    </div>
  </${Dialog}>`;
}

function KeyList({ keys }) {
  return html`<dl>
    ${keys.map(
      ([names, does]) => html`<div key=${does}>
        <dt>${names.map((name) => html`<kbd>${name}</kbd> `)}</dt>
        <dd>${does}</dd>
      </div>`,
    )}
  </dl>`;
}
