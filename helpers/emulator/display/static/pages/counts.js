// What stands beside a page's name in the navigation.

import { listOf } from "../core/store.js";

/** How many records of a kind there are. */
export function values(kind) {
  return (state) => listOf(state.records[kind]).length;
}
