// JSON read as text: where each value stands, or where it stops being JSON and what would mend it.

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
const QUOTES = "Names and texts need double quotes.";
const DEEPEST = 100;

/** Thrown inside of this module: `at` is a place in the text, `words` say what to do there. */
class NotJson extends Error {
  constructor(at, words) {
    super(words);
    this.at = at;
  }
}

/**
 * Read a JSON text: `{tree}` or `{problem: {at, words}}`.
 *
 * A tree is `{kind: "object" | "list" | "scalar", start, end, items}`; an object's items have the `name` that they are
 * given, and `nameText`, that name as it stands.
 */
export function readJson(text) {
  try {
    const tree = value(text, skip(text, 0), 0);
    const end = skip(text, tree.end);
    if (end < text.length)
      throw new NotJson(end, "There's text after the end. Remove it, or add the bracket that opens it.");
    return { tree };
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return { problem: { at: error.at, words: error.message } };
  }
}

function skip(text, at) {
  return at + match(SPACE, text, at).length;
}

function match(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}

function value(text, at, depth) {
  if (depth > DEEPEST) throw new NotJson(at, "This is nested too deeply.");
  if (text[at] === "{") return collection(text, at, depth, "object", "}", member);
  if (text[at] === "[") return collection(text, at, depth, "list", "]", value);
  const found = text[at] === '"' ? string(text, at) : match(SCALAR, text, at);
  if (!found) throw new NotJson(at, adviceOnValue(text, at));
  return { kind: "scalar", start: at, end: at + found.length };
}

/** What stands between two brackets, with commas. */
function collection(text, start, depth, kind, close, read) {
  const items = [];
  let at = skip(text, start + 1);
  while (text[at] !== close || items.length) {
    items.push(read(text, at, depth + 1));
    const after = items.at(-1).end;
    at = skip(text, after);
    if (text[at] === close) break;
    if (text[at] !== ",") throw new NotJson(...missing(text, after, at, close));
    at = skip(text, at + 1);
    if (text[at] === close) throw new NotJson(at, `Take the comma before ${close} away.`);
  }
  return { kind, start, end: at + 1, items };
}

function member(text, at, depth) {
  if (text[at] !== '"') throw new NotJson(at, at < text.length ? QUOTES : "The end is missing: add }.");
  const nameText = string(text, at);
  const colon = skip(text, at + nameText.length);
  if (text[colon] !== ":") throw new NotJson(colon, `A colon is missing after ${nameText}.`);
  return { ...value(text, skip(text, colon + 1), depth), name: JSON.parse(nameText), nameText };
}

function string(text, at) {
  const found = match(STRING, text, at);
  if (found) return found;
  const line = match(/"(?:[^"\\\n]|\\.)*"?/y, text, at);
  if (!line.endsWith('"') || line.length < 2) throw new NotJson(at, "This text doesn't end: add a double quote.");
  throw new NotJson(at, "This text has a character that needs a backslash, as \\n or \\\\ are.");
}

/** Place and words for something that is neither a comma nor the end; the place is the line that lacks it. */
function missing(text, after, at, close) {
  if (at >= text.length) return [after, `The end is missing: add ${close}.`];
  if (/["[{\w-]/.test(text[at])) return [after, "A comma is missing."];
  return [at, `${text[at]} can't stand here: a comma or ${close} is expected.`];
}

function adviceOnValue(text, at) {
  if (at >= text.length) return "A value is missing at the end.";
  const word = match(/[\w.+-]+/y, text, at);
  const meant = { True: "true", False: "false", None: "null", undefined: "null", NaN: "null" }[word];
  if (meant) return `JSON writes ${meant}, not ${word}.`;
  if (/^[-+.\d]/.test(word)) return `${word} isn't a number as JSON writes them.`;
  if (text.startsWith("//", at) || text.startsWith("/*", at)) return "JSON has no comments.";
  return /["'\w“”‘’]/.test(text[at]) ? QUOTES : `A value is missing before ${text[at]}.`;
}
