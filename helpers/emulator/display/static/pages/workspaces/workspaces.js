// All Workspaces, to choose one or to begin with one.

import { Button } from "../../components/button.js";
import { Page } from "../../components/page.js";
import { act } from "../../core/act.js";
import { createWorkspace } from "../../core/calls.js";
import { go, Link, useRoute } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { useStopped } from "../../hooks/actions.js";
import { Empty } from "../../marks/empty.js";
import { Name } from "../../marks/name.js";
import { Note } from "../../marks/note.js";
import { Refusal } from "../../marks/refusal.js";
import { html, useState } from "../../vendor/preact.js";
import { createTutorialWorld } from "./tutorial_world.js";

const TEXT = "A Workspace holds your Workers, queues and Tasks.";

function Workspaces() {
  const here = useRoute();
  const workspaces = useStore((state) => state.workspaces);
  const [{ busy, refusal }, show] = useState({ busy: false, refusal: null });
  const stopped = useStopped();
  const create = async (make) => {
    show({ busy: true, refusal: null });
    const outcome = await make();
    show({ busy: false, refusal: outcome.refusal });
    if (outcome.ok) go({ page: "board", workspace: outcome.sid ?? outcome.record.sid });
  };
  const button = (kind, make, words) => html`
    <${Button} kind=${kind} disabled=${busy || Boolean(stopped)} why=${stopped} onClick=${() => create(make)}>${words}</${Button}>
  `;
  const buttons = [
    button("main", createTutorialWorld, "Create the tutorial's Workspace"),
    button("plain", createEmpty, "Create empty Workspace"),
  ];
  return html`<${Page} title="Workspaces" actions=${workspaces.length > 0 && buttons}>
    ${here.workspace && html`<${Astray} ...${here} isKnown=${workspaces.some(({ sid }) => sid === here.workspace)} />`}
    ${refusal && html`<${Refusal} answer=${refusal} />`}
    ${
      workspaces.length === 0
        ? html`<${Empty} bold="No Workspace yet" text=${TEXT} button=${html`<div class="tr-workspaces-buttons">${buttons}</div>`} />`
        : html`<ul class="tr-workspaces">${workspaces.map((each) => html`<${Entry} key=${each.sid} ...${each} />`)}</ul>`
    }
  </${Page}>`;
}

function Astray({ page, workspace, isKnown }) {
  return isKnown
    ? html`<${Note} tone="wait" bold="This page doesn't exist.">This Workspace has no page <bdi>${page}</bdi>.</${Note}>`
    : html`<${Note} tone="wait" bold="This Workspace no longer exists.">There is no Workspace <bdi>${workspace}</bdi>.</${Note}>`;
}

function createEmpty() {
  return act(createWorkspace({ FriendlyName: "My Workspace" }));
}

function Entry({ sid, friendly_name }) {
  return html`<li>
    <${Link} to=${{ page: "board", workspace: sid }}>
      <b><${Name} text=${friendly_name} /></b><span class="tr-mono tr-soft">${sid}</span>
    </${Link}>
  </li>`;
}

/** The page of an address that names no Workspace, or one that is gone; it stands in no navigation. */
export const WORKSPACES = { name: "workspaces", title: "Workspaces", component: Workspaces };
