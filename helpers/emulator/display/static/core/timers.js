// What a timer of the emulator's clock will do.

const WORDS = {
  "reservation timeout": "a Reservation times out",
  "step timeout": "a Task moves on in its Workflow",
  "task timeout": "a Task times out",
  removal: "a Task is deleted", // one that ended, or was never completed
  "time of day": "a Workflow reads the time of day again",
  callback: "a callback is due",
};

/** What a timer does, in words: "Bob's Reservation times out". `records` are the state's. */
export function timerWords({ purpose, sid }, records) {
  const worker = purpose === "reservation timeout" ? records.reservations[sid]?.worker_name : undefined;
  return worker ? `${worker}'s Reservation times out` : (WORDS[purpose] ?? purpose);
}
