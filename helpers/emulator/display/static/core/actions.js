// Calls made by clicks: one at a time, however often somebody clicks, with what came of the last one.

import { useRef, useState } from "../vendor/preact.js";
import { act } from "./act.js";
import { useStore } from "./store.js";

const WHY_NOT = {
  connecting: "The emulator hasn't answered yet.",
  reconnecting: "The emulator doesn't answer right now.",
  stopped: "The emulator has stopped.",
  ended: "This is from before it stopped.",
};

/**
 * Return `{busy, refusal, run(calls)}`. `run` makes calls in order, up to the first that is refused, and returns what `act`
 * returned for each, or null if one was refused; `refusal` is the last one.
 */
export function useActions() {
  const [shown, show] = useState({ busy: false, refusal: null });
  const running = useRef(false);
  async function run(calls) {
    if (running.current) return null; // a double click
    running.current = true;
    show({ busy: true, refusal: null });
    const answers = await inOrder(calls);
    const { refusal } = answers.at(-1) ?? { refusal: null };
    running.current = false;
    show({ busy: false, refusal });
    return refusal ? null : answers;
  }
  return { ...shown, run };
}

/** Why nothing can be done now, in a sentence; undefined if something can. */
export function useStopped() {
  return WHY_NOT[useStore((state) => state.link)];
}

async function inOrder(calls) {
  const answers = [];
  for (const each of calls) {
    answers.push(await act(each));
    if (answers.at(-1).refusal) break;
  }
  return answers;
}
