// What the Workspace's own filter of event callbacks asks for and never gets.

import { useStore } from "../core/store.js";
import { Note } from "../marks/note.js";
import { html } from "../vendor/preact.js";

/** A note with a sentence for each name in the events filter that no event has; nothing if there is none. */
export function UnknownTypes() {
  const sentences = useStore((state) => Object.values(state.records.workspace)[0]?.unknown_event_types) ?? [];
  return (
    sentences.length > 0 &&
    html`<${Note} tone="wait" bold="The events filter of this Workspace has a type that doesn't exist.">${sentences.join(" ")}<//>`
  );
}
