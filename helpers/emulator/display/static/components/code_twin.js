// The code of a control: the same call in Python, Node and curl, to copy.

import { CodeText } from "../code/code_text.js";
import { setUp } from "../code/set_up.js";
import { hostKind } from "../core/hosts/host.js";
import { useStore } from "../core/store.js";
import { shorten, twin } from "../core/twin.js";
import { useId } from "../hooks/ids.js";
import { useLanguage } from "../hooks/language.js";
import { copyText } from "../hooks/news.js";
import { Glyph } from "../marks/glyph.js";
import { html, useState } from "../vendor/preact.js";
import { Tabs } from "./tabs.js";

const LANGUAGES = { python: "Python", node: "Node", curl: "curl" };

/** `call` is a call's description, or a list of them, one after the other; `folded` keeps the code behind a button. */
export function CodeTwin({ call, folded }) {
  const calls = [call].flat();
  return folded ? html`<${Folded} calls=${calls} />` : html`<${Code} calls=${calls} />`;
}

function Folded({ calls }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return html`<div class="tr-twin-fold">
    <button
      type="button"
      class="tr-button"
      data-kind="quiet"
      aria-expanded=${open ? "true" : "false"}
      aria-controls=${open ? id : undefined}
      onClick=${() => setOpen(!open)}
    >
      <span>Code</span><${Glyph} name="down" />
    </button>
    ${open && html`<div id=${id}><${Code} calls=${calls} /></div>`}
  </div>`;
}

function Code({ calls }) {
  const [wanted, choose] = useLanguage();
  const [whole, setWhole] = useState(false);
  const known = useStore(({ names }) => names);
  const mode = useStore((state) => state.mode);
  const records = useStore((state) => state.records);
  const state = { mode, records, names: hostKind() === "cell" ? known : undefined };
  const codes = calls.map((each) => twin(each, state));
  const languages = Object.keys(LANGUAGES).filter((each) => codes.every((code) => each in code));
  const language = languages.includes(wanted) ? wanted : "curl";
  const before = language === "python" && state.names ? "" : setUpAll(calls, language, state);
  const text = [...(whole && before ? [before, ""] : []), ...codes.map((code) => code[language])].join("\n");
  return html`<div class="tr-call">
    <${Tabs}
      label="Language"
      tabs=${languages.map((key) => ({ key, text: LANGUAGES[key] }))}
      chosen=${language}
      choose=${choose}
    >
      <pre tabindex="0" aria-label=${`Code in ${LANGUAGES[language]}`}><${CodeText} text=${shorten(text)} /></pre>
    </${Tabs}>
    <div class="tr-twin-tools">
      ${
        before &&
        html`<button type="button" class="tr-button" data-kind="quiet" aria-pressed=${whole ? "true" : "false"} onClick=${() => setWhole(!whole)}>Set-up</button>`
      }
      <button type="button" class="tr-button" data-kind="quiet" onClick=${() => copyText(text)}>
        <${Glyph} name="copy" /><span>Copy</span>
      </button>
    </div>
  </div>`;
}

/** The lines before the calls, each kind of them once. */
function setUpAll(calls, language, state) {
  return [...new Set(calls.map((each) => setUp(each, language, state)))].join("\n\n");
}
