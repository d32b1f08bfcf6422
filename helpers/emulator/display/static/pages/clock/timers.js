// Timers: what happens by itself, when, and to what.

import { Button } from "../../components/button.js";
import { Table } from "../../components/table.js";
import { advanceClock } from "../../core/calls.js";
import { Link } from "../../core/router.js";
import { store, useStore } from "../../core/store.js";
import { dayText, shortSid, timeOfDay } from "../../core/text.js";
import { emulatorNow } from "../../core/time.js";
import { timerWords } from "../../core/timers.js";
import { Left } from "../../marks/age.js";
import { Empty } from "../../marks/empty.js";
import { html, useMemo } from "../../vendor/preact.js";
import { placeOf } from "../places.js";

/** `move(call)` and `off` are as for ClockMoves. */
export function Timers({ clock, move, off }) {
  const columns = useMemo(() => columnsOf(clock, move, off), [clock, off.disabled]);
  const narrow = (timer) => html`<div class="tr-mark-row">
    <${Left} until=${timer.due_ms} /><${What} timer=${timer} />${clock.can_move && html`<${GoThere} ...${{ timer, move, off }} />`}
  </div>`;
  return html`<h2 class="tr-clock-title">Timers <span class="tr-count tr-figures">${clock.timers.length + clock.more_timers}</span></h2>
    <${Table}
      label="Timers"
      columns=${columns}
      rows=${clock.timers}
      keyOf=${({ due_ms, purpose, sid }) => `${due_ms} ${purpose} ${sid}`}
      narrow=${narrow}
      lines=${2}
      empty=${html`<${Empty}
        bold="No timers."
        text="A timer starts when TaskRouter reserves a Worker, or when a Task has a timeout."
      />`}
    />
    ${clock.more_timers > 0 && html`<p class="tr-soft">${clock.more_timers.toLocaleString("en")} later ones are not listed.</p>`}`;
}

function columnsOf(clock, move, off) {
  const columns = [
    { key: "left", title: "In", width: "88px", cell: ({ due_ms }) => html`<${Left} until=${due_ms} />` },
    { key: "at", title: "At", width: "176px", cell: ({ due_ms }) => html`<${Moment} at=${due_ms} />` },
    {
      key: "what",
      title: "What happens",
      width: "minmax(160px, 1fr)",
      cell: (timer) => html`<${What} timer=${timer} />`,
    },
  ];
  const go = (timer) => html`<${GoThere} ...${{ timer, move, off }} />`;
  return clock.can_move
    ? [
        ...columns,
        { key: "go", title: html`<span class="tr-spoken">Advance the clock</span>`, width: "148px", cell: go },
      ]
    : columns;
}

/** The time of day; with the day, if that is another one. */
function Moment({ at }) {
  const day = dayText(at);
  return html`<span class="tr-figures">${timeOfDay(at)}${day === dayText(emulatorNow()) ? "" : `, ${day}`}</span>`;
}

function What({ timer }) {
  const records = useStore((state) => state.records);
  const words = timerWords(timer, records);
  const to = placeOf(timer.sid, timer.workspace_sid);
  return html`<div class="tr-line-pair">
    <bdi>${words}</bdi>${to && html`<${Link} class="tr-mono" to=${to}>${shortSid(timer.sid)}</${Link}>`}
  </div>`;
}

function GoThere({ timer, move, off }) {
  const go = () => move(advanceClock(Math.max(0, timer.due_ms - emulatorNow()) / 1000));
  const words = timerWords(timer, store.state.records);
  return html`<${Button} kind="quiet" ...${off} onClick=${go}>Go to this moment<span class="tr-spoken">: ${words}</span></${Button}>`;
}
