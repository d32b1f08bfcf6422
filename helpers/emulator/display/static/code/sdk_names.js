// Names and types of the API in the SDKs for Python and Node, for code that is shown.
//
// The SDKs' names follow from the API's: `FriendlyName` is friendly_name and friendlyName. Only exceptions are listed.

const RENAMED = new Map([["Channels", "WorkerChannels"]]);

const RESERVED = new Map([["from", "from_"]]); // words of Python

const NAME = /^[A-Z][A-Za-z]*$/;

const NUMBERS = new Set([
  "CallTimeout",
  "Capacity",
  "DequeueTimeout",
  "MaxParticipants",
  "MaxReservedWorkers",
  "Priority",
  "TaskReservationTimeout",
  "Timeout",
]);

const BOOLEANS = new Set([
  "Available",
  "BeepOnCustomerEntrance",
  "CallAccept",
  "ChannelOptimizedRouting",
  "EarlyMedia",
  "EndConferenceOnCustomerExit",
  "EndConferenceOnExit",
  "MultiTaskEnabled",
  "Muted",
  "Record",
  "RedirectAccept",
  "RejectPendingReservations",
  "StartConferenceOnEnter",
]);

const METHODS = {
  POST: { one: { python: "update", node: "update" }, all: { python: "create", node: "create" } },
  DELETE: { one: { python: "delete", node: "remove" } },
};

/** The SDK's name of a collection or a parameter of the API. */
export function sdkName(name, language) {
  const words = (RENAMED.get(name) ?? name).replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  if (language === "python") return RESERVED.get(words) ?? words;
  return words.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
}

/** The SDK's way to a resource, `[{name: "workers", sid: "WK…"}, …]`. */
export function sdkWay(path, language) {
  const pairs = path.flatMap((part, index) => (index % 2 ? [] : [{ part, sid: path[index + 1] }]));
  return pairs.map(({ part, sid }) => ({ name: sdkName(part, language), sid }));
}

/** True if the SDKs can make a call in the regular way: statistics have another, and so have reads and odd names. */
export function isRegular({ method, path, form }) {
  const names = [...path.filter((_, index) => index % 2 === 0), ...Object.keys(form)];
  const isKnown = path[0] === "Workspaces" && !path.at(-1).endsWith("Statistics");
  return isKnown && names.every((name) => NAME.test(name)) && Boolean(sdkMethod(method, path.length % 2 === 0, "node"));
}

/** The SDK's name of a method: `one` resource or `all` of a collection. */
export function sdkMethod(method, isOne, language) {
  return METHODS[method]?.[isOne ? "one" : "all"]?.[language];
}

/** The type that the SDKs expect of a parameter: "number", "boolean" or "text". */
export function sdkType(name) {
  return NUMBERS.has(name) ? "number" : BOOLEANS.has(name) ? "boolean" : "text";
}
