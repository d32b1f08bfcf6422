// The emulator's clock at the foot of the navigation, or as a bar at the foot of a narrow page.

import { Button } from "../components/button.js";
import { advanceClock, toNextTimer } from "../core/calls.js";
import { useStore } from "../core/store.js";
import { timerWords } from "../core/timers.js";
import { useActions, useStopped } from "../hooks/actions.js";
import { DayNow, Left, TimeNow } from "../marks/age.js";
import { Refusal } from "../marks/refusal.js";
import { html } from "../vendor/preact.js";

/** The clock; `bar` is without the day and the next timer. */
export function ClockCard({ bar }) {
  const clock = useStore((state) => state.clock);
  if (!clock) return null;
  return html`<section class=${bar ? "tr-clock-bar" : "tr-clock-card"} aria-label="Clock">
    <p class="tr-clock-head"><b>Clock</b><span class="tr-soft">${clock.running ? "running" : "paused"}</span></p>
    <p class="tr-clock-time tr-mono"><${TimeNow} /></p>
    <p class="tr-soft tr-clock-day"><${DayNow} />, UTC</p>
    ${clock.can_move && html`<${Moves} clock=${clock} bar=${bar} />`}
    ${!bar && html`<${NextTimer} timer=${clock.timers[0]} />`}
  </section>`;
}

function Moves({ clock, bar }) {
  const stopped = useStopped();
  const { busy, refusal, run } = useActions();
  const next = toNextTimer(clock);
  const move = (call) => ({ disabled: busy || Boolean(stopped), why: stopped, onClick: () => run([call]) });
  return html`<div class="tr-clock-moves">
      <${Button} ...${move(advanceClock(60))}>+1 min</${Button}>
      ${!bar && html`<${Button} ...${move(advanceClock(3600))}>+1 h</${Button}>`}
      <${Button} ...${move(next)} ...${next ? {} : { disabled: true, why: "No timers are running." }}>Go to next timer</${Button}>
    </div>
    ${refusal && html`<${Refusal} answer=${refusal} />`}`;
}

function NextTimer({ timer }) {
  const records = useStore((state) => state.records);
  if (!timer) return html`<p class="tr-soft">No timers are running.</p>`;
  return html`<p class="tr-soft"><${Left} until=${timer.due_ms} /> · <bdi dir="ltr">${timerWords(timer, records)}</bdi></p>`;
}
