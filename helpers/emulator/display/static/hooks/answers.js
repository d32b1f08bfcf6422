// Answers of the engine, asked for again whenever the question or the Workspace changes. The last answer stays until the
// next one is here, so that nothing flickers.

import { ask } from "../core/hosts/host.js";
import { useStore } from "../core/store.js";
import { useEffect, useState } from "../vendor/preact.js";

const AGAIN_MS = 100; // a burst of changes is asked about once

/** The answer to `question`, or null as long as there is none; asked `wait` milliseconds after the last change of it. */
export function useAnswer(question, wait = 0) {
  const [answer, setAnswer] = useState({ to: null, says: null });
  const records = useStore((state) => state.records);
  const text = question && JSON.stringify(question);
  useEffect(() => {
    if (!text) return;
    let wanted = true;
    const put = (says) => wanted && setAnswer({ to: text, says });
    const delay = answer.to === text ? AGAIN_MS : wait;
    const timer = setTimeout(() => ask(question).then(put, () => {}), delay); // the header says if nobody answers
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [text, records]);
  return text ? answer.says : null;
}
