// The routing tree of a Workflow, and attributes to try on it: nothing is created.

import { compact, MOST_ATTRIBUTES, pretty, problemOf } from "../../code/json_text.js";
import { JsonEditor } from "../../components/json_editor.js";
import { Menu } from "../../components/menu.js";
import { go, useRoute } from "../../core/router.js";
import { useRecords } from "../../core/store.js";
import { shortSid } from "../../core/text.js";
import { useAnswer } from "../../hooks/answers.js";
import { Note } from "../../marks/note.js";
import { Sentence } from "../../marks/sentence.js";
import { html, useMemo, useState } from "../../vendor/preact.js";
import { QueueLink } from "./queue_link.js";
import { RoutingTree } from "./routing_tree.js";

const TYPING_MS = 400;
const NOTHING = "{}";
const OFFERED = 12; // Tasks in the menu
const OUTCOMES = {
  waits: { tone: "wait", glyph: "pending" },
  reserved: { tone: "offer", glyph: "reserved" },
  canceled: { tone: "bad", glyph: "canceled" },
};

/** `workflow` is the record. The attributes that are tried are in the address, as `?try=`. */
export function TreeTab({ workflow }) {
  const here = useRoute();
  const [text, setText] = useState(() => pretty(here.query.try ?? NOTHING));
  const attributes = here.query.try; // what was tried last: neither broken JSON nor what nobody has typed yet
  const answer = useAnswer({ question: "workflow", workflow: workflow.sid, attributes }, TYPING_MS);
  const type = (value) => {
    setText(value);
    if (problemOf(value)) return;
    go({ ...here, query: { ...here.query, try: compact(value) } }, { replace: true });
  };
  const tree = answer?.filters ? answer : null;
  return html`<div class="tr-routing">
    <section class="tr-routing-tree" aria-label="Routing tree">
      ${tree && html`<${RoutingTree} tree=${tree} attributes=${attributes} QueueLink=${QueueLink} />`}
      ${answer?.error && !tree && html`<${Note} tone="bad">${answer.error.message} ${answer.error.hint}<//>`}
    </section>
    <section class="tr-routing-try">
      <${JsonEditor}
        label="Try attributes"
        mark=${html`<span class="tr-soft">nothing is created</span>`}
        value=${text}
        onChange=${type}
        limit=${MOST_ATTRIBUTES}
        error=${answer?.error?.message}
        suggestions=${tree && { lead: "This Workflow reads", reads: tree.reads }}
      />
      <div class="tr-routing-samples" role="group" aria-label="Samples">
        ${tree?.samples.map(
          ({ label, attributes: sample }) =>
            html`<button type="button" class="tr-button" data-kind="plain" key=${label} onClick=${() => type(pretty(sample))}><bdi>${label}</bdi></button>`,
        )}
        <${FromTask} workflow=${workflow} type=${type} />
      </div>
      ${tree?.outcome && html`<${Note} role="status" ...${OUTCOMES[tree.outcome.kind]}><${Sentence} parts=${tree.outcome.parts} /><//>`}
      ${tree?.partial && html`<p class="tr-soft">${tree.partial}</p>`}
    </section>
  </div>`;
}

function FromTask({ workflow, type }) {
  const tasks = useRecords("tasks");
  const own = useMemo(
    () =>
      tasks
        .filter((each) => each.workflow_sid === workflow.sid && !each.attributes_cut)
        .slice(-OFFERED)
        .reverse(),
    [tasks, workflow.sid],
  );
  if (!own.length) return null;
  const items = own.map((task) => ({
    key: task.sid,
    text: shortSid(task.sid),
    note: task.attributes.slice(0, 60),
    choose: () => type(pretty(task.attributes)),
  }));
  return html`<${Menu} button="From a Task…" items=${items} />`;
}
