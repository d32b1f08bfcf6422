// A part of the page that can fail to be drawn without the rest.

import { Button } from "../components/button.js";
import { Note } from "../marks/note.js";
import { html, useErrorBoundary } from "../vendor/preact.js";

/** Draws `children`, or says that they could not be drawn and offers to try again, below the `title` if there is one. */
export function Guarded({ title, children }) {
  const [error, drawAgain] = useErrorBoundary((raised) => console.error(raised));
  if (!error) return children;
  const again = html`<${Button} onClick=${drawAgain}>Reload page<//>`;
  return html`${title && html`<h1>${title}</h1>`}<${Note} tone="bad" role="alert" bold="This page can't be shown." buttons=${again}>
    This is an error in the portal, not yours: ${String(error)}. Your Workspace hasn't changed, and the other pages work.
  <//>`;
}
