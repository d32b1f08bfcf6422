"""View of one Task's states, with start, length, TaskQueue, Workers and reason. Drawn by ``states.js``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from helpers.emulator.display.blocks import Column, Sentence, Table, View
from helpers.emulator.display.durations import span
from helpers.emulator.display.events.task_states import OVER, TaskState, follow, read_task_events
from helpers.emulator.display.safe_text import one_line, short_sid
from helpers.emulator.display.views.sdk_shapes import EventLike
from helpers.emulator.engine.model.defaults import TASK_CHANNEL

__all__ = ["states_view"]

_SHOWN_STATES = 30
"""Number of states that are shown, the newest: a Task can be offered a thousand times."""

_COLUMNS = (
    Column("When"),
    Column("State", "status"),
    Column("For"),
    Column("TaskQueue", "name"),
    Column("Worker", "name"),
    Column("Why"),
)
_BEGINS_IN_THE_MIDDLE = (
    "The Events start in the middle of this Task's life. By default TaskRouter lists the last 15 minutes. Ask for "
    "more: workspace.events.list(task_sid=task.sid, minutes=1440)."
)


def states_view(events: Iterable[EventLike], *, task_sid: str | None = None) -> View:
    """Build the view of the states of the one Task that ``events`` are about, or of the one with ``task_sid``."""
    story = read_task_events(events)
    sids = list(dict.fromkeys(each.data["task_sid"] for each in story))
    wanted = task_sid or (sids[0] if len(sids) == 1 else None)
    if wanted is None and sids:
        return _ask_for_task(sids)
    found = follow(each for each in story if each.data["task_sid"] == wanted)
    if wanted is None or not found:
        return View("", "Timeline", (Sentence("no Events of a Task, so there's no timeline"),))
    channels = {each.data.get("task_channel_unique_name") for each in story if each.data["task_sid"] == wanted}
    on = [one_line(each) for each in channels if each not in (None, TASK_CHANNEL)]
    return _build(f"Timeline of Task {short_sid(wanted)}{f', channel {on[0]}' if on else ''}", found)


def _ask_for_task(sids: Sequence[str]) -> View:
    some = ", ".join(map(short_sid, sids[:5])) + (" …" if len(sids) > 5 else "")
    words = f"These Events are about {len(sids)} Tasks ({some}). Name one: show_timeline(events, task=task)."
    return View("", "Timeline", (Sentence(words),))


def _build(title: str, found: Sequence[TaskState]) -> View:
    first = max(0, len(found) - _SHOWN_STATES)
    lengths = [_length(found, place) for place in range(len(found))]
    shown = list(zip(found, lengths, strict=True))[first:]
    rows = tuple(_row(visit, length, found[0]) for visit, length in shown)
    sentences = [_summary(found)]
    if first:
        sentences.append(f"The first {first} states are left out.")
    if not found[0].is_first:
        sentences.append(_BEGINS_IN_THE_MIDDLE)
    state = {"title": title, "states": _states(found, rows, first), "sentences": sentences}
    return View("states", title, (Table(title, _COLUMNS, rows, ""), *map(Sentence, sentences)), state)


def _states(found: Sequence[TaskState], rows: Iterable[tuple[str, ...]], first: int) -> list[dict[str, Any]]:
    """Return the rows as the widget draws them, each with its share of the longest state's length."""
    lasted = [following.since_ms - each.since_ms for each, following in pairwise(found)] + [0]
    longest = max(lasted) or 1
    names = ("when", "state", "length", "queue", "workers", "why")
    return [
        {**dict(zip(names, row, strict=True)), "share": round(length / longest, 3)}
        for row, length in zip(rows, lasted[first:], strict=True)
    ]


def _row(visit: TaskState, length: str, first: TaskState) -> tuple[str, ...]:
    texts = (_when(visit, first), visit.state, length, visit.queue, ", ".join(visit.workers), visit.why)
    return tuple(map(one_line, texts))


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
