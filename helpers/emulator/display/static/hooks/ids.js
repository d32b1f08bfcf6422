// Identifiers of elements that name each other: no two alike in the document, whatever else draws into it.

import { useState } from "../vendor/preact.js";

const own = Math.random().toString(36).slice(2, 8);
const current = { count: 0 };

/** An identifier that stays the component's as long as it is shown. */
export function useId() {
  const [id] = useState(() => {
    current.count += 1;
    return `tr-${own}-${current.count}`;
  });
  return id;
}
