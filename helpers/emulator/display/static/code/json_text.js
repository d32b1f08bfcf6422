// JSON as it is edited and as it is sent. What is typed stays as it is: numbers keep their digits, names their order.

import { readJson } from "./json_tree.js";

/** How many characters of attributes TaskRouter takes. */
export const MOST_ATTRIBUTES = 4096;

/** What keeps a text from being a JSON object: null, or `{line, words}` with the line counted from 1. */
export function problemOf(text) {
  if (!text.trim()) return { line: 1, words: "This is empty. Write {} if there are no attributes." };
  const { problem, tree } = readJson(text);
  if (!problem) return tree.kind === "object" ? null : { line: 1, words: "This must be an object: start with {." };
  const line = text.slice(0, problem.at).split("\n").length;
  return { line, words: `Line ${line}: this isn't valid JSON. ${problem.words}` };
}

/** JSON as it is sent and stored: without white space between its parts. Text that isn't JSON stays as it is. */
export function compact(text) {
  const { tree } = readJson(text);
  return tree ? compacted(text, tree) : text;
}

function compacted(text, { kind, start, end, items }) {
  if (kind === "scalar") return text.slice(start, end);
  const inner = items.map((item) => (item.nameText ? `${item.nameText}:` : "") + compacted(text, item)).join(",");
  return kind === "object" ? `{${inner}}` : `[${inner}]`;
}

/** JSON as it is edited: a name a line, short lists in one. Text that isn't JSON stays as it is. */
export function pretty(text) {
  const { tree } = readJson(text);
  return tree ? indented(text, tree, "") : text;
}

function indented(text, tree, margin) {
  const { kind, start, end, items } = tree;
  if (kind === "scalar") return text.slice(start, end);
  const [open, close] = kind === "object" ? "{}" : "[]";
  if (!items.length) return open + close;
  const inner = `${margin}  `;
  const parts = items.map((item) => (item.nameText ? `${item.nameText}: ` : "") + indented(text, item, inner));
  const isShort = kind === "list" && parts.join(", ").length < 60 && items.every((item) => item.kind === "scalar");
  return isShort ? `[${parts.join(", ")}]` : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}`;
}

/**
 * The change that gives an attribute a value: `{start, end, text}`, the part to replace and what with.
 *
 * `name` may lead into objects, as `customer.tier`. Null where the text isn't a JSON object.
 */
export function settingOf(text, name, value) {
  if (!text.trim()) return { start: 0, end: text.length, text: pretty(JSON.stringify(nested(name.split("."), value))) };
  const { tree } = readJson(text);
  if (tree?.kind !== "object") return null;
  return setIn(text, tree, name.split("."), value);
}

function setIn(text, tree, [first, ...rest], value) {
  const item = tree.items.findLast((each) => each.name === first);
  if (item && rest.length && item.kind === "object") return setIn(text, item, rest, value);
  const written = rest.length ? JSON.stringify(nested(rest, value)) : JSON.stringify(value);
  if (item) return { start: item.start, end: item.end, text: written };
  const line = `${JSON.stringify(first)}: ${written}`;
  const last = tree.items.at(-1);
  if (!last) return { start: tree.start, end: tree.end, text: `{\n  ${line}\n}` };
  const margin = text.slice(0, last.start).match(/\n([ \t]*)[^\n]*$/)?.[1];
  return { start: last.end, end: last.end, text: margin === undefined ? `, ${line}` : `,\n${margin}${line}` };
}

function nested(names, value) {
  return names.reduceRight((inner, name) => ({ [name]: inner }), value);
}

/** How many characters a text has, as TaskRouter counts them: those outside of the first plane are one, too. */
export function lengthOf(text) {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
