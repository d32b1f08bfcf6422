// "Go to…": type a few letters, arrows choose, Enter goes.

import { store } from "../core/store.js";
import { useId } from "../hooks/ids.js";
import { Glyph } from "../marks/glyph.js";
import { html, useLayoutEffect, useMemo, useRef, useState } from "../vendor/preact.js";
import { destinations } from "./destinations.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/** `pages` is the registry, `workspace` the SID of the Workspace looked at; `close` is called before going anywhere. */
export function Palette({ pages, workspace, close }) {
  const id = useId();
  const dialog = useRef();
  const [words, setWords] = useState("");
  const [place, setPlace] = useState(0);
  const found = useMemo(() => destinations(words, { state: store.state, pages, workspace }), [words, pages, workspace]);
  const chosen = found[Math.min(place, found.length - 1)];
  useLayoutEffect(() => {
    const { current } = dialog;
    current.showModal();
    return () => current.close();
  }, []);
  useLayoutEffect(() => dialog.current.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }));
  const choose = (destination) => {
    close();
    destination?.go();
  };
  const onKeyDown = (event) => {
    if (event.key in STEPS) setPlace((place + STEPS[event.key] + found.length) % Math.max(1, found.length));
    else if (event.key === "Enter") choose(chosen);
    else return;
    event.preventDefault();
  };
  const type = ({ target }) => {
    setWords(target.value);
    setPlace(0);
  };
  return html`<dialog class="tr-dialog tr-palette" ref=${dialog} aria-label="Go to" onClose=${close} onClick=${(event) => event.target === dialog.current && close()}>
    <div class="tr-palette-field">
      <${Glyph} name="search" />
      <input
        role="combobox"
        aria-label="Page, name, SID or action"
        aria-expanded="true"
        aria-controls=${id}
        aria-activedescendant=${chosen && `${id}-${chosen.key}`}
        autocomplete="off"
        spellcheck="false"
        placeholder="Page, name, SID or action"
        value=${words}
        onInput=${type}
        onKeyDown=${onKeyDown}
      />
    </div>
    <ul id=${id} role="listbox" aria-label="Destinations">
      ${found.map(
        (each) => html`<li
          key=${each.key}
          id=${`${id}-${each.key}`}
          role="option"
          aria-selected=${each === chosen ? "true" : "false"}
          onClick=${() => choose(each)}
        >
          <${Glyph} name=${each.glyph} /><bdi>${each.text}</bdi><span class="tr-soft">${each.note}</span>
        </li>`,
      )}
    </ul>
    ${found.length === 0 && html`<p class="tr-palette-none" role="status">Nothing here has “${words}” in its name.</p>`}
  </dialog>`;
}
