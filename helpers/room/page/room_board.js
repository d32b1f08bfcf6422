// The page of a room board: a bar for each step of the lessons that somebody is in, and raised hands.

import { html, render, useEffect, useState } from "../../emulator/display/static/vendor/preact.js";

const root = document.getElementById("board");
const { feed, line, last } = root.dataset;
const CHOICE = /^#catch_up=(\d+)$/;

function seats(number) {
  return number === 1 ? "1 seat" : `${number} seats`;
}

function tell(source, counts) {
  if (source.readyState === EventSource.CLOSED)
    return "The board refuses this page: its room code is another one now, or too many pages are open.";
  return counts ? "Not connected: these counts are old." : "Connecting to the board …";
}

/** The latest counts, and what is to be said of them; a board that was gone comes back by itself. */
function useCounts() {
  const [shown, show] = useState({ counts: null, trouble: "Connecting to the board …" });
  useEffect(() => {
    const source = new EventSource(feed);
    source.onmessage = ({ data }) => show({ counts: JSON.parse(data), trouble: "" });
    source.onopen = () => show(({ counts }) => ({ counts, trouble: "" }));
    source.onerror = () => show(({ counts }) => ({ counts, trouble: tell(source, counts) }));
    return () => source.close();
  }, []);
  return shown;
}

/** The lesson in the line with catch_up, kept in the page's address; empty for no line. */
function useCatchUp() {
  const [lesson, show] = useState(CHOICE.exec(location.hash)?.[1] ?? "");
  const choose = (number) => {
    history.replaceState(null, "", number ? `#catch_up=${number}` : location.pathname + location.search);
    show(number);
  };
  return [lesson, choose];
}

function Step({ step, most }) {
  const { heading, here, right, not_yet } = step;
  const verdicts = right + not_yet > 0 && html`<span class="verdicts">${right} right, ${not_yet} not yet</span>`;
  return html`<li class=${here ? "step" : "step empty"}>
    <span class="heading">${heading} ${verdicts}</span>
    <span class="track" aria-hidden="true"><span class="bar" style=${{ width: `${(100 * here) / most}%` }} /></span>
    <span class="count">${here}<span class="unseen"> here</span></span>
  </li>`;
}

/** A lesson's steps; beside other lessons only those with something to say, so that all of them fit on a screen. */
function Lesson({ lesson, most, isAlone }) {
  const steps = lesson.steps.filter(({ here, right, not_yet }) => isAlone || here + right + not_yet > 0);
  const left = lesson.steps.length - steps.length;
  return html`<section class="lesson" aria-label=${`Lesson ${lesson.number}`}>
    <h2>Lesson ${lesson.number}: ${lesson.title} <span class="sum">${seats(lesson.here)}</span></h2>
    <ol>${steps.map((step) => html`<${Step} key=${step.heading} step=${step} most=${most} />`)}</ol>
    ${left > 0 && html`<p class="note">Nobody is in the other ${left === 1 ? "step" : `${left} steps`}</p>`}
    ${lesson.elsewhere > 0 && html`<p class="note">${seats(lesson.elsewhere)} in none of these steps yet</p>`}
  </section>`;
}

function Hands({ hands }) {
  return html`<section class="hands" aria-labelledby="hands">
    <h2 id="hands">Raised hands <span class="sum">${hands.length}</span></h2>
    <ol aria-live="polite">${hands.map((seat) => html`<li key=${seat}>${seat}</li>`)}</ol>
  </section>`;
}

function Controls({ lesson, choose }) {
  const [theme, paint] = useState("");
  useEffect(() => {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  }, [theme]);
  const lessons = Array.from({ length: Number(last) }, (_, number) => number + 1);
  return html`<footer>
    <label>Line for those who are behind
      <select value=${lesson} onChange=${({ target }) => choose(target.value)}>
        <option value="">none</option>
        ${lessons.map((number) => html`<option value=${number}>${`catch_up(${number})`}</option>`)}
      </select>
    </label>
    <label>Colors
      <select value=${theme} onChange=${({ target }) => paint(target.value)}>
        <option value="">as the system</option><option>light</option><option>dark</option>
      </select>
    </label>
  </footer>`;
}

function Board() {
  const { counts, trouble } = useCounts();
  const [lesson, choose] = useCatchUp();
  const most = Math.max(1, ...(counts?.lessons ?? []).flatMap(({ steps }) => steps.map(({ here }) => here)));
  return html`<main>
    <header>
      <h1>Room board <span class="sum">${counts && seats(counts.seats)}</span></h1>
      <p>Show your seat: <code>${line}</code></p>
      ${lesson && html`<p class="behind">Behind? Open lesson ${lesson} and run its first cells, up to <code>catch_up(${lesson})</code></p>`}
      <p role="status">${trouble}</p>
    </header>
    ${
      counts &&
      html`<div class="room">
        <div class="lessons">
          ${counts.lessons.map(
            (each) => html`<${Lesson} key=${each.number} lesson=${each} most=${most} isAlone=${!counts.lessons[1]} />`,
          )}
          ${counts.outside > 0 && html`<p class="note">${seats(counts.outside)} in no lesson</p>`}
        </div>
        <${Hands} hands=${counts.hands} />
      </div>`
    }
    <${Controls} lesson=${lesson} choose=${choose} />
  </main>`;
}

render(html`<${Board} />`, root);
