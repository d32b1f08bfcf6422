// What was there last: a thing that is deleted while somebody looks at it stays in sight.

import { useRef } from "../vendor/preact.js";

/** `value`, or what it was before it was undefined. */
export function useLast(value) {
  const last = useRef();
  if (value !== undefined) last.current = value;
  return last.current;
}
