// What stands in a row of a list knows it: a list is one stop of the Tab key, so only the row that has the focus lets the
// controls in it be stops.

import { createContext, useContext } from "../vendor/preact.js";

/** Context of a row: `{to, active}`, or null outside of lists. `to` is the row's own route, if it has one. */
export const RowPlace = createContext(null);

/** The row that the component stands in, or null. */
export function useRow() {
  return useContext(RowPlace);
}

/** The tabindex of a control: none outside of lists and in the row that has the focus. */
export function useTabIndex() {
  const row = useRow();
  return row && !row.active ? -1 : undefined;
}
