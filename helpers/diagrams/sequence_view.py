"""View of REST calls, callbacks and replies as arrows between participants. Drawn by ``sequence.js``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.diagrams.exchange_labels import Names, collect_names, describe_request, describe_response, request_line
from helpers.diagrams.request_labels import (
    CODE,
    ROUTER,
    STRANGER,
    WEB_CLIENT,
    describe_arrival,
    describe_reply,
    find_sender,
)
from helpers.diagrams.story_order import Happening, arrange, find_late, select_about
from helpers.emulator.display.blocks import Column, Sentence, Table, View
from helpers.emulator.display.durations import span
from helpers.emulator.display.safe_text import hide_ports, one_line, pluralize, short_sid
from helpers.emulator.display.views.sdk_shapes import ArrivalLike, SentLike
from helpers.wire import Pause

__all__ = ["sequence_view"]

_SHOWN_ARROWS = 40
"""Number of arrows that fit on a screen; the newest are shown."""

_SENDERS = (WEB_CLIENT, CODE, ROUTER)
"""Participants from left to right; those who receive callbacks follow, then a stranger."""
_COLUMNS = (Column("#", "number"), Column("From"), Column("To"), Column("What"))
_EMPTY = "nothing that changes something has been sent or received yet"


@dataclass(frozen=True)
class _Arrow:
    sender: str
    receiver: str
    lines: tuple[str, ...]
    is_answer: bool = False

    @property
    def row(self) -> tuple[str, str, str]:
        return self.sender, self.receiver, one_line(": ".join(filter(None, self.lines)))

    @property
    def state(self) -> dict[str, Any]:
        """Arrow as the widget draws it."""
        lines = [hide_ports(one_line(line)) for line in self.lines if line]
        return {"from": self.sender, "to": self.receiver, "lines": lines, "answer": self.is_answer}


def sequence_view(
    wire: Iterable[SentLike],
    inbox: Iterable[ArrivalLike],
    pauses: Iterable[Pause] = (),
    *,
    task_sid: str | None = None,
    reads: bool = False,
) -> View:
    """Build the view of exchanges and received requests, in the order in which they happened."""
    sent = list(wire)
    happenings = arrange(sent, inbox, pauses)
    if task_sid is not None:
        happenings = select_about(happenings, task_sid)
    shown = [each for each in happenings if reads or not _is_read(each)]
    names = collect_names(sent)
    late = find_late(shown)
    arrows = [arrow for happening in shown for arrow in _arrows(happening, names, happening in late)]
    title = "Sequence" if task_sid is None else f"Sequence of Task {short_sid(task_sid)}"
    return _build(title, arrows, len(happenings) - len(shown))


def _build(title: str, arrows: Sequence[_Arrow], reads: int) -> View:
    first, steps = max(0, len(arrows) - _SHOWN_ARROWS), pluralize(len(arrows), "step")
    shown = arrows[first:]
    rows = tuple((str(number), *arrow.row) for number, arrow in enumerate(shown, first + 1))
    left_out = list(_left_out(first, reads))
    state = {
        "title": title,
        "participants": _participants(shown),
        "arrows": [{"number": number, **arrow.state} for number, arrow in enumerate(shown, first + 1)],
        "notes": left_out,
    }
    table = Table(f"{title} ({steps})", _COLUMNS, rows, f"{title}: {_EMPTY}")
    kind = "sequence" if arrows else ""
    return View(kind, f"{title}({steps})", (table, *map(Sentence, left_out)), state)


def _participants(arrows: Iterable[_Arrow]) -> list[str]:
    """Return who takes part, from left to right."""
    taking_part = list(dict.fromkeys(name for arrow in arrows for name in (arrow.sender, arrow.receiver)))
    receivers = [name for name in taking_part if name not in (*_SENDERS, STRANGER)]
    return [name for name in (*_SENDERS, *receivers, STRANGER) if name in taking_part]


def _left_out(first: int, reads: int) -> Iterator[str]:
    if first:
        yield f"The first {first} steps are left out."
    if reads:
        noun = "read (GET) is" if reads == 1 else "reads (GET) are"
        yield f"{reads} {noun} left out. Pass reads=True to show them, too."


def _is_read(happening: Happening) -> bool:
    """Return True for a GET request that succeeded; one that failed is worth seeing."""
    return happening.sent is not None and not happening.changes and 200 <= happening.sent.status < 300


def _arrows(happening: Happening, names: Names, late: bool) -> Iterator[_Arrow]:
    if happening.pause is not None:
        yield _Arrow(ROUTER, ROUTER, (f"{span(happening.pause.seconds, exact=True)} pass",))
    if happening.sent is not None:
        yield from _draw_exchange(happening.sent, CODE, names)
    if happening.arrived is not None:
        source, receiver = find_sender(happening.arrived), happening.arrived.receiver
        yield _Arrow(source, receiver, describe_arrival(happening.arrived, names, late=late))
        for exchange in happening.inside:
            yield from _draw_exchange(exchange, receiver, names)
        yield _Arrow(receiver, source, (describe_reply(happening.arrived),), is_answer=True)


def _draw_exchange(exchange: SentLike, source: str, names: Names) -> Iterator[_Arrow]:
    yield _Arrow(source, ROUTER, (request_line(exchange), describe_request(exchange, names)))
    yield _Arrow(ROUTER, source, (describe_response(exchange),), is_answer=True)
