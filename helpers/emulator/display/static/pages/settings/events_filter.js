// An events filter: names of event types, separated by commas. An empty one stands for all types.

/** The names in a filter, each once. */
export function namesIn(filter) {
  const names = (filter ?? "").split(",").map((name) => name.trim());
  return [...new Set(names.filter(Boolean))];
}

/** Names that are no event type. */
export function unknownIn(names, types) {
  return names.filter((name) => !types.includes(name));
}

/** `[kind, types]` for each kind of resource. */
export function kindsOf(types) {
  const kinds = [...new Set(types.map(kindOf))];
  return kinds.map((kind) => [kind, types.filter((type) => kindOf(type) === kind)]);
}

/** "task" of "task.created": what stands before the first dot. */
function kindOf(type) {
  return type.slice(0, type.indexOf("."));
}

/** The filter with the names of `of` added or taken away: types in their usual order, and at the end what is none. */
export function withNames(names, of, isOn, types) {
  const kept = new Set(isOn ? [...names, ...of] : names.filter((name) => !of.includes(name)));
  return [...types.filter((type) => kept.has(type)), ...unknownIn([...kept], types)].join(",");
}
