// HTTP exchanges: a list, one of them in full, its parts as tabs, and a button that sends it again.

import { Button } from "../components/button.js";
import { Tabs } from "../components/tabs.js";
import { rove } from "../lists/roving.js";
import { html, useState } from "../vendor/preact.js";
import { Chip } from "./chip.js";
import { ExchangeForm } from "./exchange_form.js";
import { Part } from "./exchange_part.js";
import { Sentences } from "./sentences.js";

/** `entries` are listed, or the `single` one is shown alone; with `replay` one can be sent again. */
export function Panes({ entries, more, title, single, replay, ask }) {
  const [chosen, choose] = useState(null);
  const [edited, edit] = useState(null); // the form stays with its entry, and keeps what is typed, while others arrive
  const entry = entries.find(({ key }) => key === (edited ?? chosen)) ?? entries[0];
  const pick = (key) => {
    choose(key);
    edit(null);
  };
  return html`<div class="tr-panes" data-single=${single ? "" : undefined}>
    ${!single && html`<${List} entries=${entries} more=${more} title=${title} current=${entry} choose=${pick} />`}
    <${Detail} key=${entry.key} entry=${entry} replay=${replay} ask=${ask} isEdited=${edited === entry.key} edit=${edit} />
  </div>`;
}

function List({ entries, more, title, current, choose }) {
  return html`<ul class="tr-list" aria-label=${title} onKeyDown=${(event) => rove(event, "button")}>
    ${entries.map((entry) => html`<li key=${entry.key}><${Item} entry=${entry} isCurrent=${entry === current} choose=${choose} /></li>`)}
    ${more > 0 && html`<li><p class="tr-soft">… and ${more} more</p></li>`}
  </ul>`;
}

function Item({ entry: { key, method, path, status, about, took }, isCurrent, choose }) {
  return html`<button type="button" aria-current=${isCurrent ? "true" : "false"} tabindex=${isCurrent ? 0 : -1} onClick=${() => choose(key)}>
    <span class="tr-path tr-mono" title=${path}>${method} ${brief(path)}</span>
    <${Chip} text=${status} />
    <small><bdi>${key}${about && ` · ${about}`}</bdi></small>
    <small>${took}</small>
  </button>`;
}

function Detail({ entry, replay, ask, isEdited, edit }) {
  const { key, method, path, status, took, sentences, tone, parts } = entry;
  const send = (changes) => {
    edit(null);
    ask({ action: "replay", key, edit: changes }, `Replay request ${key} with changes`);
  };
  return html`<div class="tr-detail">
    <div class="tr-heading">
      <strong class="tr-mono">${method} ${path}</strong>
      <${Chip} text=${status} />
      <span class="tr-soft">${took}</span>
      ${replay && html`<${Replays} entry=${entry} ask=${ask} isEdited=${isEdited} edit=${edit} />`}
    </div>
    <${Sentences} texts=${sentences} tone=${tone} />
    ${
      isEdited
        ? html`<${ExchangeForm} pairs=${parts[0].pairs} send=${send} close=${() => edit(null)} />`
        : html`<${Parts} parts=${parts} />`
    }
  </div>`;
}

function Replays({ entry: { key, parts }, ask, isEdited, edit }) {
  const again = () => ask({ action: "replay", key }, `Replay request ${key}`);
  return html`<span class="tr-end tr-button-row">
    <${Button} onClick=${again}>Replay<//>
    ${
      parts[0].pairs?.length > 0 &&
      html`<${Button} aria-expanded=${isEdited ? "true" : "false"} onClick=${() => edit(isEdited ? null : key)}>Replay with changes<//>`
    }
  </span>`;
}

function Parts({ parts }) {
  const [chosen, choose] = useState(0);
  const tabs = parts.map(({ title, pairs }, key) => ({ key, text: title, count: pairs?.length }));
  return html`<${Tabs} label="Parts of the request" tabs=${tabs} chosen=${chosen} choose=${choose}>
    <div class="tr-panel" tabindex="0" key=${chosen}><${Part} ...${parts[chosen]} /></div>
  <//>`;
}

/** A path short enough for a list: the Workspace is left out, and SIDs are cut to what tells them apart. */
function brief(path) {
  return path.replace(/^\/v1\/Workspaces\/WS[0-9a-f]{32}\//, "…/").replace(/([A-Z]{2}[0-9a-f]{4})[0-9a-f]{28}/g, "$1…");
}
