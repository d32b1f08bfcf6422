// What the page of settings has in its fields, what of it differs from the Workspace, and what can't be saved.

const PARAMETERS = {
  friendly_name: "FriendlyName",
  default_activity_sid: "DefaultActivitySid",
  timeout_activity_sid: "TimeoutActivitySid",
  prioritize_queue_order: "PrioritizeQueueOrder",
  multi_task_enabled: "MultiTaskEnabled",
  event_callback_url: "EventCallbackUrl",
  events_filter: "EventsFilter",
};
const LONGEST_NAME = 64;

/** The fields of a Workspace's record; `chooses_events` says that it has an events filter. */
export function settingsOf(workspace) {
  const { event_callback_url: url, events_filter: filter } = workspace;
  return { ...workspace, event_callback_url: url ?? "", events_filter: filter ?? "", chooses_events: Boolean(filter) };
}

/** The parameters that save what differs. */
export function changesOf(workspace, settings) {
  const saved = settingsOf(workspace);
  const differ = Object.entries(PARAMETERS).filter(([name]) => settings[name] !== saved[name]);
  return Object.fromEntries(differ.map(([name, parameter]) => [parameter, settings[name]]));
}

/** A sentence for each field that can't be saved as it is, by name and from the top. */
export function mistakesIn({ friendly_name: name, chooses_events: choosesEvents, events_filter: filter }) {
  const mistakes = {};
  if (!name.trim()) mistakes.friendly_name = "Give the Workspace a name.";
  else if (name.length > LONGEST_NAME)
    mistakes.friendly_name = `The name has ${name.length} of ${LONGEST_NAME} characters.`;
  if (choosesEvents && !filter.trim())
    mistakes.events_filter = "Choose an event. An empty filter would send all of them.";
  return mistakes;
}
