// Why a Task waits, asked of the engine, and the calls that may change that.

import { useActions, useStopped } from "../../hooks/actions.js";
import { useAnswer } from "../../hooks/answers.js";
import { useLayoutEffect, useRef } from "../../vendor/preact.js";

/**
 * Return `{answer, sentence, run(calls), busy, refusal, stopped}`, the last four as `useActions` and `useStopped` do.
 *
 * `sentence` is the ref of the element that shows the sentence: it gets the focus if the button that was clicked is gone.
 */
export function useWhyAnswer(taskSid) {
  const answer = useAnswer({ question: "why", task: taskSid });
  const { run, ...shown } = useActions();
  const sentence = useRef();
  const clicked = useRef(false);
  useLayoutEffect(() => {
    if (clicked.current && document.activeElement === document.body) sentence.current?.focus();
    clicked.current = false;
  }, [answer?.sentence]);
  const runAndFollow = async (calls) => {
    clicked.current = true; // the next answer may be here before the call returns
    const outcome = await run(calls);
    if (!outcome?.ok) clicked.current = false;
    return outcome;
  };
  return { answer, sentence, run: runAndFollow, ...shown, stopped: useStopped() };
}
