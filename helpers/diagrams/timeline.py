"""Timeline of one Task: its states, with start, length, TaskQueue, Workers and reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from helpers.diagrams.diagram import Diagram
from helpers.diagrams.mermaid import label
from helpers.emulator.display.blocks import Block, Column, Sentence, Table
from helpers.emulator.display.durations import span
from helpers.emulator.display.events.task_states import OVER, TaskState, follow, read_task_events
from helpers.emulator.display.safe_text import one_line, short_sid
from helpers.emulator.display.views.sdk_shapes import EventLike

__all__ = ["draw_timeline"]

_SHOWN_STATES = 30
"""Number of states that are shown, the newest: a Task can be offered a thousand times."""
_SIDE_BY_SIDE = 5
"""Number of states that fit side by side; more are drawn one below the other."""

_COLUMNS = (
    Column("When"),
    Column("State", "status"),
    Column("For"),
    Column("TaskQueue", "name"),
    Column("Worker", "name"),
    Column("Why"),
)
_BEGINS_IN_THE_MIDDLE = (
    "The Events begin in the middle of this Task's life. TaskRouter lists those of the last 15 minutes; ask for more: "
    "workspace.events.list(task_sid=task.sid, minutes=1440)."
)


def draw_timeline(events: Iterable[EventLike], *, task_sid: str | None = None) -> Diagram:
    """Draw the states of the one Task that ``events`` are about, or of the one with ``task_sid``."""
    story = read_task_events(events)
    sids = list(dict.fromkeys(each.data["task_sid"] for each in story))
    wanted = task_sid or (sids[0] if len(sids) == 1 else None)
    if wanted is None and sids:
        return _ask_for_task(sids)
    found = follow(each for each in story if each.data["task_sid"] == wanted)
    if wanted is None or not found:
        return Diagram("Timeline", [Sentence("no Events of a Task's life: there is no timeline to draw")], "", ())
    return _draw(f"Timeline of Task {short_sid(wanted)}", found)


def _ask_for_task(sids: Sequence[str]) -> Diagram:
    some = ", ".join(map(short_sid, sids[:5])) + (" …" if len(sids) > 5 else "")
    words = f"These Events tell of {len(sids)} Tasks ({some}). Name one: show_timeline(events, task=task)."
    return Diagram("Timeline", [Sentence(words)], "", ())


def _draw(title: str, found: Sequence[TaskState]) -> Diagram:
    first = max(0, len(found) - _SHOWN_STATES)
    lengths = [_length(found, place) for place in range(len(found))]
    shown = list(zip(found, lengths, strict=True))[first:]
    rows = tuple(_row(visit, length, found[0]) for visit, length in shown)
    blocks: list[Block] = [Table(title, _COLUMNS, rows, ""), Sentence(_summary(found))]
    if first:
        blocks.append(Sentence(f"The first {first} states are left out."))
    if not found[0].is_first:
        blocks.append(Sentence(_BEGINS_IN_THE_MIDDLE))
    return Diagram(title, blocks, "stateDiagram-v2", _body(shown, found[0]))


def _row(visit: TaskState, length: str, first: TaskState) -> tuple[str, ...]:
    texts = (_when(visit, first), visit.state, length, visit.queue, ", ".join(visit.workers), visit.why)
    return tuple(map(one_line, texts))


def _body(shown: Sequence[tuple[TaskState, str]], first: TaskState) -> Iterator[str]:
    if len(shown) <= _SIDE_BY_SIDE:
        yield "direction LR"
    for number, (visit, length) in enumerate(shown):
        lasting = f", {length}" if length else ""
        about = ", ".join(visit.workers) or visit.queue
        yield f'state "{label(visit.state, _when(visit, first) + lasting, about)}" as s{number}'
    for number, (visit, _) in enumerate(shown):
        before = f"s{number - 1}" if number else "[*]"
        yield f"{before} --> s{number}: {label(visit.why)}"
    if shown[-1][0].state in OVER:
        yield f"s{len(shown) - 1} --> [*]"


def _length(found: Sequence[TaskState], place: int) -> str:
    if place + 1 < len(found):
        return span((found[place + 1].since_ms - found[place].since_ms) / 1000, exact=True)
    return "" if found[place].state in OVER else "goes on"


def _summary(found: Sequence[TaskState]) -> str:
    """Return the total time in each state, and the last state."""
    spent: dict[str, int] = {}
    for visit, following in pairwise(found):
        spent[visit.state] = spent.get(visit.state, 0) + following.since_ms - visit.since_ms
    last = found[-1].state
    parts = [f"{state} for {span(milliseconds / 1000, exact=True)}" for state, milliseconds in spent.items()]
    parts.append(f"over: {last}" if last in OVER else f"{last} since {_clock(found[-1].since_ms):%H:%M:%S} UTC")
    return f"Altogether {', '.join(parts)}."


def _when(visit: TaskState, first: TaskState) -> str:
    """Return the time of day in UTC, with the date if it differs from that of the first state."""
    moment, start = _clock(visit.since_ms), _clock(first.since_ms)
    return f"{moment:%H:%M:%S}" if moment.date() == start.date() else f"{moment:%Y-%m-%d %H:%M:%S}"


def _clock(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=milliseconds)
