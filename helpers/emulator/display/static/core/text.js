// How SIDs, ages and moments are written.

const UNITS = [
  ["d", 86400, 2 * 86400], // 24 h stays 24 h, as elsewhere
  ["h", 3600, 3600],
  ["min", 60, 60],
];

/** The first 6 and the last 4 characters of a SID; a shorter text as it is. */
export function shortSid(sid) {
  return sid && sid.length > 12 ? `${sid.slice(0, 6)}…${sid.slice(-4)}` : sid;
}

/** A duration in its largest unit, rounded down: "5 s", "14 min", "24 h", "3 d". */
export function ageText(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [unit, size] = UNITS.find(([, , from]) => seconds >= from) ?? ["s", 1];
  return `${Math.floor(seconds / size)} ${unit}`;
}

/** What is left, as minutes and seconds, "19:59", or with hours, "1:00:00"; "0:00" if it is over. */
export function countdown(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = String(seconds % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** The time of day in UTC: "09:00:18". */
export function timeOfDay(ms) {
  return new Date(ms).toISOString().slice(11, 19);
}

/** The day in UTC: "3 March 2026". */
export function dayText(ms) {
  return new Date(ms).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}
