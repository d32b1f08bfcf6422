// A call as the lines that would have made it, in Python, Node and curl: whole, so that they can be copied and run.
//
// Secrets are variables of the environment. On the screen SIDs are shortened; what is copied has them in full.

import { comment, literal, shellWord } from "../code/quoting.js";
import { encodePart, etag, urlPath } from "../code/request.js";
import { isRegular, sdkMethod, sdkName, sdkType, sdkWay } from "../code/sdk_names.js";

const CLIENT = "client.taskrouter.v1";
const SID = /\b([A-Z]{2}[0-9a-f]{4})[0-9a-f]{24}([0-9a-f]{4})\b/g;
const PYTHON = { indent: "    ", remark: "  # ", yes: "True", no: "False", is: "=", open: "(", close: ")" };
const NODE = { indent: "  ", remark: " // ", yes: "true", no: "false", is: ": ", open: "({", close: "})" };

/**
 * The code of a call: `{python, node, curl, short: {python, node, curl}}`; `short` is what is shown.
 *
 * A language that can't make such a call is left out. Of `state`, the store's, `names` are how Python spells SIDs,
 * `records` give them a comment, and `mode` says where curl sends it.
 */
export function twin(call, state = {}) {
  const code = call.path[0] === "_emulator" ? controlCode(call, state) : sdkCode(call, state);
  const whole = { ...code, curl: curlCode(call, state) };
  const short = Object.fromEntries(Object.entries(whole).map(([language, text]) => [language, shorten(text)]));
  return { ...whole, short };
}

/** Text with its SIDs as they are shown: the first six and the last four characters. */
export function shorten(text) {
  return text.replace(SID, "$1…$2");
}

function isSid(value) {
  return typeof value === "string" && shorten(value) !== value;
}

function sdkCode(call, state) {
  if (!isRegular(call)) return {};
  const python = layOut(partsOf(call, state, "python", PYTHON), PYTHON);
  const node = layOut(partsOf(call, { ...state, names: {} }, "node", NODE), NODE);
  return { python: inPython(python), node: inNode(node) };
}

/** Lines of one expression; several need parentheses. */
function inPython(lines) {
  return lines.length > 1
    ? ["(", ...lines.map((line) => `    ${written(line, PYTHON)}`), ")"].join("\n")
    : lines[0].code;
}

function inNode(lines) {
  const ended = lines.with(-1, { ...lines.at(-1), code: `${lines.at(-1).code};` });
  return `await ${ended.map((line, index) => (index ? "  " : "") + written(line, NODE)).join("\n")}`;
}

function written({ code, note }, { remark }) {
  return note ? code + remark + note : code;
}

/** The parts of a call: its steps, the way to the method, and what it is given; each is `{code, note}`. */
function partsOf({ method, path, form, ifMatch }, state, language, style) {
  const names = new Map(Object.entries(state.names ?? {}));
  const way = sdkWay(path, language);
  const known = names.get(way[0].sid); // the Workspace, as an expression of the reader's own
  const steps = [{ code: known ?? CLIENT }];
  for (const { name, sid } of known ? way.slice(1) : way) {
    if (sid) steps.push({ code: `.${name}(${names.get(sid) ?? literal(sid)})`, note: noteOn(sid, state) });
  }
  const { name, sid } = way.at(-1);
  const verb = sdkMethod(method, Boolean(sid), language);
  const values = ifMatch === undefined ? form : { ...form, IfMatch: etag(ifMatch) };
  const given = Object.entries(values).map(([key, value]) => ({
    code: sdkName(key, language) + style.is + inLanguage(key, value, names, style),
    note: noteOn(value, state),
  }));
  return { steps, verb: sid ? `.${verb}` : `.${name}.${verb}`, given };
}

function inLanguage(name, value, names, style) {
  if (Array.isArray(value)) return `[${value.map((each) => inLanguage(name, each, names, style)).join(", ")}]`;
  const text = String(value);
  if (sdkType(name) === "number" && /^(0|[1-9]\d*)$/.test(text)) return text;
  if (sdkType(name) === "boolean" && text === "true") return style.yes;
  if (sdkType(name) === "boolean" && text === "false") return style.no;
  return names.get(text) ?? literal(text);
}

/** The name of what has this SID, unless the code names it already; all calls are in one Workspace. */
function noteOn(sid, { names = {}, records = {} }) {
  if (!isSid(sid) || names[sid] || sid.startsWith("WS")) return "";
  const kind = Object.values(records).find((each) => each?.[sid]);
  return comment(kind?.[sid].friendly_name ?? "");
}

/** A call as one line if it is short and has no notes, else a step a line, and an argument a line if there are several. */
function layOut({ steps, verb, given }, style) {
  const width = steps[0].code === CLIENT ? 60 : 80; // a card beside a list, or a reader's own names, as in their code
  const [open, close] = given.length ? [style.open, style.close] : ["(", ")"];
  const space = open === "({" ? " " : "";
  const inOne = `${verb}${open}${space}${given.map(({ code }) => code).join(", ")}${space}${close}`;
  const whole = steps.map(({ code }) => code).join("") + inOne;
  if (shorten(whole).length <= width && ![...steps, ...given].some(({ note }) => note)) return [{ code: whole }];
  if (given.length === 0) return [...steps, { code: inOne }];
  if (given.length === 1 && shorten(inOne).length <= width) return [...steps, { code: inOne, note: given[0].note }];
  const inner = given.map(({ code, note }) => ({ code: `${style.indent}${code},`, note }));
  return [...steps, { code: verb + open }, ...inner, { code: close }];
}

/** Calls of the emulator's own routes: no SDK has them. */
function controlCode({ path, form }, { names }) {
  const way = literal(urlPath(path));
  const pairs = (quote, is) =>
    Object.entries(form)
      .map(([name, value]) => `${quote(name)}${is}${plain(value)}`)
      .join(", ");
  const data = pairs(literal, ": ");
  const python =
    names && path[2] === "advance"
      ? `${names.connection ?? "connection"}.advance(${plain(form.seconds)})`
      : `requests.post(emulator + ${way}, auth=auth${data && `, data={${data}}`})`;
  const node = `await fetch(emulator + ${way}, {
  method: "POST",
  headers,
  body: new URLSearchParams({ ${pairs(String, ": ")} }),
});`;
  return { python, node: data ? node : node.replace(/ {2}body.*\n/, "") };
}

function plain(value) {
  return typeof value === "number" ? String(value) : literal(String(value));
}

function curlCode(call, { mode }) {
  const host = mode === "live" ? "https://taskrouter.twilio.com" : "$TASKROUTER_URL";
  const lines = [
    'curl -fsS -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"',
    `"${host}${urlPath(call.path)}"`,
    ...methodOf(call),
    ...(call.ifMatch === undefined ? [] : [`-H ${shellWord(`If-Match: ${etag(call.ifMatch)}`)}`]),
    ...Object.entries(call.form).flatMap(([name, value]) => [value].flat().map((each) => field(name, String(each)))),
  ];
  return lines.join(" \\\n  ");
}

/** The option that names the method, where curl would not choose it by itself. */
function methodOf({ method, form }) {
  if (method === "GET") return Object.keys(form).length ? ["-G"] : [];
  return method === "POST" && Object.keys(form).length ? [] : [`-X ${method}`];
}

function field(name, value) {
  const key = encodePart(name);
  return /^[\w.~-]*$/.test(value) ? `-d ${key}=${value}` : `--data-urlencode ${shellWord(`${key}=${value}`)}`;
}
