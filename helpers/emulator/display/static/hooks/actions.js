// Calls made by clicks: one at a time, however often one clicks, with what came of the last one.

import { act } from "../core/act.js";
import { useStore } from "../core/store.js";
import { useRef, useState } from "../vendor/preact.js";

const STOPPED = {
  connecting: "The emulator hasn't answered yet.",
  reconnecting: "The emulator doesn't answer right now.",
  stopped: "The emulator has stopped.",
  ended: "This is from before it stopped.",
};

/**
 * `{busy, refusal, run(calls), forget()}`. `run` makes calls in order, up to the first that is refused, and returns the last
 * one's outcome, see act.js, or null if others are still being made. `refusal` is the last one, until the next `run`.
 */
export function useActions() {
  const [shown, show] = useState({ busy: false, refusal: null });
  const running = useRef(false);
  async function run(calls) {
    if (running.current) return null; // a double click
    running.current = true;
    show({ busy: true, refusal: null });
    let refusal = null;
    try {
      const outcome = await inOrder([calls].flat());
      refusal = outcome.refusal;
      return outcome;
    } finally {
      running.current = false;
      show({ busy: false, refusal });
    }
  }
  return { ...shown, run, forget: () => show({ busy: false, refusal: null }) };
}

async function inOrder([first, ...rest]) {
  const outcome = await act(first);
  return outcome.ok && rest.length ? inOrder(rest) : outcome;
}

/** Why nothing can be sent now; undefined while the emulator is there. */
export function useStopped() {
  return STOPPED[useStore((state) => state.link)];
}
