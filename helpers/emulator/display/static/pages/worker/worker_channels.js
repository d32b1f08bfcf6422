// The channels of a Worker: how many Tasks fit on each, and whether it is open.

import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { updateWorkerChannel } from "../../core/calls.js";
import { useStore } from "../../core/store.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { toast } from "../../hooks/news.js";
import { Name } from "../../marks/name.js";
import { Refusal } from "../../marks/refusal.js";
import { html, useState } from "../../vendor/preact.js";
import { capacityInWords, channelsOf } from "../workers/worker_words.js";
import { Slots } from "./channel_slots.js";
import { Effects } from "./worker_effects.js";

const WHOLE = /^\d{1,10}$/;

/** The state of the form of a Worker's channels: what was typed into it, by channel, and the calls that save it. */
export function useChannelEditor(worker) {
  const workspace = useStore((state) => state.workspace);
  const channels = useStore(({ records }) => channelsOf(records, worker.sid));
  const [typed, type] = useState({});
  const actions = useActions();
  const changed = channels.map((each) => ({ channel: each, form: formOf(each, typed[each.sid] ?? {}) }));
  const changes = changed.filter(({ form }) => Object.keys(form).length);
  const isWrong = changes.some(({ form }) => "Capacity" in form && !WHOLE.test(form.Capacity));
  const calls = changes.map(({ channel, form }) => updateWorkerChannel(workspace, channel, form));

  async function save() {
    if (isWrong) return;
    const outcome = await actions.run(calls);
    if (!outcome?.ok) return;
    type({});
    toast({ text: `${worker.friendly_name}'s channels are saved.` });
  }

  return {
    ...{ channels, typed, changes, calls, isWrong, save },
    ...{ busy: actions.busy, refusal: actions.refusal },
    set: (sid, values) => type({ ...typed, [sid]: { ...typed[sid], ...values } }),
    undo: () => type({}),
  };
}

/** The parameters that differ from what a channel has. */
function formOf(channel, { capacity, available }) {
  return {
    ...(capacity !== undefined &&
      capacity.trim() !== String(channel.configured_capacity) && { Capacity: capacity.trim() }),
    ...(available !== undefined && available !== channel.available && { Available: available }),
  };
}

export function WorkerChannels({ worker, editor }) {
  const { channels, typed, changes, calls, isWrong } = editor;
  return html`
    <table class="tr-channels">
      <thead>
        <tr><th scope="col">Channel</th><th scope="col">In use</th><th scope="col">Capacity</th><th scope="col">Open</th></tr>
      </thead>
      <tbody>
        ${channels.map(
          (each) =>
            html`<${Channel} key=${each.sid} channel=${each} typed=${typed[each.sid] ?? {}} set=${(values) => editor.set(each.sid, values)} />`,
        )}
      </tbody>
    </table>
    ${isWrong && html`<p class="tr-labelled-error" role="alert">A capacity is a whole number from 0: the number of Tasks at the same time.</p>`}
    <${Effects} question=${questionOf(worker, changes, isWrong)} idle=${idle(changes, isWrong)} />
    ${changes.length > 0 && !isWrong && html`<${CodeTwin} call=${calls} />`}
  `;
}

function Channel({ channel, typed, set }) {
  const { task_channel_unique_name: name, configured_capacity: capacity } = channel;
  return html`<tr>
    <th scope="row"><${Name} text=${name} /></th>
    <td class="tr-figures"><div class="tr-channel-use"><${Slots} channel=${channel} />${capacityInWords(channel)}</div></td>
    <td>
      <input
        class="tr-input tr-figures"
        inputmode="numeric"
        autocomplete="off"
        aria-label=${`Capacity of ${name}`}
        value=${typed.capacity ?? capacity}
        aria-invalid=${typed.capacity !== undefined && !WHOLE.test(typed.capacity.trim()) ? "true" : undefined}
        onInput=${({ target }) => set({ capacity: target.value })}
      />
    </td>
    <td>
      <input type="checkbox" aria-label=${`${name} is open`} checked=${typed.available ?? channel.available} onChange=${({ target }) => set({ available: target.checked })} />
    </td>
  </tr>`;
}

/** The engine tries one channel at a time. */
function questionOf(worker, changes, isWrong) {
  if (changes.length !== 1 || isWrong) return null;
  const [{ channel, form }] = changes;
  const capacity = form.Capacity === undefined ? undefined : Number(form.Capacity);
  return {
    question: "effects",
    worker: worker.sid,
    channel: channel.task_channel_unique_name,
    capacity,
    available: form.Available,
  };
}

function idle(changes, isWrong) {
  if (isWrong) return "Correct the capacity to see the effects.";
  if (changes.length > 1) return "Change only one channel to see the effects. All of them are saved together.";
  return "Change a capacity to see the effects here.";
}

/** The foot of the drawer. */
export function WorkerChannelsFoot({ editor, close }) {
  const stopped = useStopped();
  const { busy, changes, isWrong, refusal } = editor;
  const why = stopped ?? (changes.length ? undefined : "You haven't changed anything yet.");
  return html`
    ${refusal && html`<${Refusal} answer=${refusal} />`}
    <div class="tr-foot-buttons">
      <${Button} onClick=${changes.length ? editor.undo : close}>Cancel</${Button}>
      <${Button} kind="main" keys="Ctrl ↵" disabled=${busy || Boolean(why) || isWrong} why=${isWrong ? "A capacity isn't a whole number." : why} onClick=${editor.save}>Save</${Button}>
    </div>
  `;
}
