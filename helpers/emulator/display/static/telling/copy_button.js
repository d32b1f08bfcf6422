// A button that copies a text, and says whether the browser let it.

import { html, useEffect, useState } from "../vendor/preact.js";

const SHOWN_MS = 1500;

/** `name` says what is copied, such as "the code"; `text` is copied. */
export function CopyButton({ name, text }) {
  const [said, say] = useState("");
  useEffect(() => {
    const timer = said && setTimeout(say, SHOWN_MS, "");
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      say("Copied");
    } catch {
      say("Select"); // the browser did not allow it
    }
  };
  return html`<button type="button" class="tr-button" data-kind="quiet" onClick=${copy}>
      ${said || "Copy"}<span class="tr-spoken"> ${name}</span>
    </button>
    <span class="tr-spoken" role="status">${said === "Select" ? `The browser did not allow copying ${name}: select it instead.` : said && `Copied ${name}.`}</span>`;
}
