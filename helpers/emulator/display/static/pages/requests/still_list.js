// The list as the reader wants it: paused, or without what was there before it was cleared. Others see all as before.

import { store } from "../../core/store.js";
import { keepForTab, readForTab } from "../../core/stored.js";
import { useState } from "../../vendor/preact.js";

const KEY = "requests-cleared";

/** `{requests, hidden, waiting, isPaused, pause(), clear(), show()}` of the requests that the page has. */
export function useStill(known) {
  const [paused, setPaused] = useState(null);
  const [cleared, setCleared] = useState(readCleared);
  const wanted = paused ?? known;
  const requests = cleared ? wanted.filter(({ number }) => number > cleared) : wanted;
  const last = paused?.at(-1)?.number ?? 0;
  const hide = (number) => {
    setCleared(number);
    writeCleared(number);
  };
  return {
    requests,
    hidden: wanted.length - requests.length,
    waiting: paused ? known.filter(({ number }) => number > last).length : 0,
    isPaused: paused !== null,
    pause: () => setPaused(paused ? null : known),
    clear: () => {
      setPaused(null);
      hide(known.at(-1)?.number ?? 0);
    },
    show: () => hide(0),
  };
}

/** Numbers begin again with each emulator, so that what was cleared counts for the one alone. */
function readCleared() {
  const [boot, number] = readForTab(KEY) ?? [];
  return boot === store.state.boot ? number : 0;
}

function writeCleared(number) {
  keepForTab(KEY, [store.state.boot, number]);
}
