// The ways to move the clock: by a minute, an hour, as far as one likes, or to the next timer.

import { Button } from "../../components/button.js";
import { CodeTwin } from "../../components/code_twin.js";
import { Field } from "../../components/field.js";
import { advanceClock, pauseClock, runClock, toNextTimer } from "../../core/calls.js";
import { html, useState } from "../../vendor/preact.js";

const UNITS = { seconds: 1, minutes: 60, hours: 3600, days: 86400 };
const LONGEST_DAYS = 3650; // what the emulator allows: ten years

/** `move(call)` makes a call; `off` is why nothing can be moved now, as a Button takes it. */
export function ClockMoves({ clock, move, off }) {
  const [given, setGiven] = useState({ number: "5", unit: "minutes" });
  const seconds = secondsOf(given);
  const next = toNextTimer(clock);
  const noTimer = next ? off : { disabled: true, why: "No timers are running." };
  const advance = (event) => {
    event.preventDefault();
    if (seconds !== null && !off.disabled) move(advanceClock(seconds));
  };
  const type = (field) => (event) => setGiven({ ...given, [field]: event.target.value });
  return html`<div class="tr-clock-ways">
      <${Button} ...${off} onClick=${() => move(advanceClock(60))}>+1 min</${Button}>
      <${Button} ...${off} onClick=${() => move(advanceClock(3600))}>+1 h</${Button}>
      <${Button} kind="main" ...${noTimer} onClick=${() => move(next)}>Go to next timer</${Button}>
      ${
        clock.running
          ? html`<${Button} ...${off} onClick=${() => move(pauseClock())}>Pause the clock</${Button}>`
          : html`<${Button} ...${off} onClick=${() => move(runClock())}>Run the clock</${Button}>`
      }
    </div>
    <form class="tr-clock-by" onSubmit=${advance}>
      <${Field} label="Advance by" error=${seconds === null ? wrong(given) : ""}>
        <input class="tr-input" inputmode="decimal" autocomplete="off" value=${given.number} onInput=${type("number")} />
      </${Field}>
      <label>
        <span class="tr-spoken">Unit</span>
        <select class="tr-input" value=${given.unit} onChange=${type("unit")}>
          ${Object.keys(UNITS).map((unit) => html`<option key=${unit} value=${unit}>${unit}</option>`)}
        </select>
      </label>
      <${Button} ...${off} onClick=${advance}>Advance</${Button}>
    </form>
    <${CodeTwin} call=${advanceClock(seconds ?? 300)} folded />`;
}

/** How many seconds were typed; null if it is no number that the clock can go. */
function secondsOf({ number, unit }) {
  const text = number.trim().replace(",", ".");
  const seconds = Math.round(Number(text) * UNITS[unit] * 1000) / 1000;
  return text && seconds >= 0 && seconds <= LONGEST_DAYS * 86400 ? seconds : null;
}

function wrong({ number }) {
  if (!number.trim()) return "Type a number.";
  return Number(number) > 0
    ? "You can advance the clock by at most ten years."
    : "Type a number from 0. Time can't go back.";
}
