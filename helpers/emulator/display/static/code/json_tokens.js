// JSON in its parts, for colours: whole or cut, valid or not.

const TOKEN = /("(?:[^"\\]|\\.)*"?)(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b/g;

/** The parts of a JSON text, whole or cut, as `[kind, text]`; kind is "key", "string", "number", "word" or "". */
export function jsonTokens(text) {
  const found = [];
  let end = 0;
  for (const each of text.matchAll(TOKEN)) {
    const [all, string, colon, number] = each;
    if (each.index > end) found.push(["", text.slice(end, each.index)]);
    if (string !== undefined) {
      found.push([colon === undefined ? "string" : "key", string]);
      if (colon !== undefined) found.push(["", colon]);
    } else found.push([number === undefined ? "word" : "number", all]);
    end = each.index + all.length;
  }
  if (end < text.length) found.push(["", text.slice(end)]);
  return found;
}
