// The emulator's clock: what time it is, how to move it, and everything that happens by itself when the time has come.

import { Page } from "../../components/page.js";
import { useStore } from "../../core/store.js";
import { useActions, useStopped } from "../../hooks/actions.js";
import { DayNow, TimeNow } from "../../marks/age.js";
import { Glyph } from "../../marks/glyph.js";
import { Refusal } from "../../marks/refusal.js";
import { html } from "../../vendor/preact.js";
import { ClockMoves } from "./clock_moves.js";
import { Timers } from "./timers.js";

function describe({ kind, step }) {
  if (kind === "live") return "This is Twilio's time. You can't advance it.";
  if (kind === "running") return "The clock runs at normal speed from the time it was set to.";
  if (step === 0) return "Time stands still, even while something changes, and you can advance the clock.";
  const takes = step === 1 ? "one second" : `${step} seconds`;
  return `Time stands still. Each change takes ${takes}, and you can advance the clock.`;
}

export function ClockPage({ page }) {
  const clock = useStore((state) => state.clock);
  const actions = useActions();
  const stopped = useStopped();
  const move = (call) => actions.run([call]);
  const off = { disabled: actions.busy || Boolean(stopped), why: stopped };
  const word = ["running", "live"].includes(clock.kind) ? "running" : "paused";
  return html`<${Page} title=${page.title}>
    <section class="tr-clock-now" aria-label="Now">
      <p class="tr-clock-now-head">
        <span class="tr-clock-big tr-mono"><${TimeNow} /></span>
        <span class="tr-pill" data-tone=${word === "running" ? "good" : "done"}><${Glyph} name="clock" />${word}</span>
      </p>
      <p><${DayNow} />, UTC</p>
      <p class="tr-soft">${describe(clock)}</p>
      ${clock.can_move && html`<${ClockMoves} clock=${clock} move=${move} off=${off} />`}
      ${actions.refusal && html`<${Refusal} answer=${actions.refusal} />`}
    </section>
    <${Timers} clock=${clock} move=${move} off=${off} />
  </${Page}>`;
}
