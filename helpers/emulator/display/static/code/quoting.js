// Text as source code, so that what is copied means the same text whatever is in it.

/** Characters without a shape of their own, such as controls and directions: in code they are written as escapes. */
const HIDDEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const SHORT = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A literal that Python and JavaScript both read; in single quotes if it has double ones only, as JSON does. */
export function literal(text) {
  const quote = text.includes('"') && !text.includes("'") ? "'" : '"';
  const escaped = text.toWellFormed().replace(quote === '"' ? /["\\]/g : /['\\]/g, "\\$&");
  return `${quote}${escaped.replace(HIDDEN, escapeCharacter)}${quote}`;
}

function escapeCharacter(character) {
  const code = character.codePointAt(0);
  if (code > 0xffff) return character; // here the two languages differ, and flags of countries are made of such
  return SHORT[character] ?? `\\u${code.toString(16).padStart(4, "0")}`;
}

/** A word of bash and zsh, in one line: nothing in it is expanded, not even in a terminal with a history. */
export function shellWord(text) {
  if (/^[\w.,:/=%@+-]+$/.test(text)) return text;
  const whole = text.toWellFormed();
  if (!whole.match(HIDDEN)) return `'${whole.replaceAll("'", "'\\''")}'`;
  return `$'${whole.replace(/['\\]/g, "\\$&").replaceAll("!", "\\x21").replace(HIDDEN, escapeBytes)}'`;
}

function escapeBytes(character) {
  const bytes = new TextEncoder().encode(character);
  return SHORT[character] ?? [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
}

/** A name as a comment of one line: what is hidden is left out, and a long name is cut. */
export function comment(text) {
  const line = text.replace(HIDDEN, " ").trim();
  const characters = [...line];
  return characters.length > 40 ? `${characters.slice(0, 39).join("")}…` : line;
}
