// What the views use of Preact and htm. preact.js is made from this file; README.md says how.

import htm from "htm";
import { h } from "preact";

export { createContext, Fragment, h, render } from "preact";
export {
  useCallback,
  useContext,
  useEffect,
  useErrorBoundary,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from "preact/hooks";
export const html = htm.bind(h);
