// Editing a Worker's attributes: what is typed, what it was begun from, and what happens when it is saved.

import { compact, lengthOf, MOST_ATTRIBUTES, pretty, problemOf } from "../../code/json_text.js";
import { fetchWorker, updateWorker } from "../../core/calls.js";
import { go, useRoute } from "../../core/router.js";
import { useStore } from "../../core/store.js";
import { useActions } from "../../hooks/actions.js";
import { useDraft } from "../../hooks/drafts.js";
import { toast } from "../../hooks/news.js";
import { useResource } from "../../hooks/resource.js";
import { useEffect, useState } from "../../vendor/preact.js";

const CHANGED_MEANWHILE = 412;

/**
 * The state of an editor of `worker`, a record, and what its buttons do. A link may propose a text, as `attributes`.
 *
 * A save carries the version that the text was begun from. If the Worker has another version by then, but the same attributes,
 * it is saved without a question; if the attributes are others, `theirs` is what they are now, to choose from.
 */
export function useWorkerEditor(worker) {
  const here = useRoute();
  const workspace = useStore((state) => state.workspace);
  const whole = useResource(fetchWorker(workspace, worker.sid), worker);
  const [draft, keep, drop] = useDraft(`attributes of ${worker.sid}`, null);
  const [theirs, setTheirs] = useState(null);
  const [tried, setTried] = useState(false);
  const actions = useActions();

  const now = whole.record && { attributes: whole.record.attributes, version: whole.version };
  const begun = draft?.begun ?? now;
  const text = draft?.text ?? (now ? pretty(now.attributes) : "");
  const sent = compact(text);
  const problem = now ? problemOf(text) : null;
  const isTooLong = lengthOf(sent) > MOST_ATTRIBUTES;
  const isDirty = Boolean(draft) && sent !== begun.attributes;
  const call = updateWorker(workspace, worker, { Attributes: sent }, begun?.version);

  const proposed = here.query.attributes;
  useEffect(() => {
    if (proposed === undefined || !now) return;
    keep({ text: pretty(proposed), begun: now });
    go({ ...here, query: { ...here.query, attributes: null } }, { replace: true });
  }, [proposed, now !== null]);

  useEffect(() => {
    if (draft && !isDirty && now && now.attributes !== draft.begun.attributes) drop(); // nothing of ours to keep
  }, [draft, isDirty, now?.attributes]);

  function end() {
    drop();
    setTheirs(null);
    setTried(false);
    actions.forget();
  }

  async function save(version = begun.version) {
    setTried(true);
    if (problem || isTooLong) return;
    const outcome = await actions.run({ ...call, ifMatch: version });
    if (outcome?.ok) {
      const before = theirs?.attributes ?? begun.attributes;
      end();
      whole.read();
      toast({ text: `${worker.friendly_name} is saved.`, action: { text: "Undo", onClick: () => restore(before) } });
    } else if (outcome?.status === CHANGED_MEANWHILE) await meet();
  }

  function restore(attributes) {
    actions.run(updateWorker(workspace, worker, { Attributes: attributes }));
  }

  /** Look what was saved meanwhile: another field is no conflict. */
  async function meet() {
    const found = await whole.read();
    if (!found.ok) return;
    if (found.record.attributes === begun.attributes) {
      keep({ text, begun: { ...begun, version: found.version } });
      return save(found.version);
    }
    actions.forget();
    setTheirs({ attributes: found.record.attributes, version: found.version });
  }

  return {
    ...{ text, problem, isTooLong, isDirty, isKnown: now !== null, tried, theirs, call, sent, begun },
    ...{ busy: actions.busy, refusal: actions.refusal },
    type: (next) => keep({ text: next, begun }),
    undo: end,
    save: () => save(),
    saveMine: () => save(theirs.version),
    useTheirs: end,
  };
}
