"""Sequence diagram of REST calls, callbacks and replies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from helpers.diagrams.diagram import Diagram
from helpers.diagrams.exchange_labels import Names, collect_names, describe_request, describe_response, request_line
from helpers.diagrams.mermaid import label
from helpers.diagrams.request_labels import (
    CODE,
    LISTENER,
    ROUTER,
    STRANGER,
    WEB_CLIENT,
    describe_arrival,
    describe_reply,
    find_sender,
)
from helpers.diagrams.story_order import Happening, arrange, select_about
from helpers.emulator.display.blocks import Block, Column, Sentence, Table
from helpers.emulator.display.durations import span
from helpers.emulator.display.safe_text import one_line, pluralize, short_sid
from helpers.emulator.display.views.sdk_shapes import ArrivalLike, SentLike
from helpers.wire import Pause

__all__ = ["draw_sequence"]

_SHOWN_ARROWS = 40
"""Number of arrows that fit on a screen; the newest are shown."""

_PARTICIPANTS = {WEB_CLIENT: "W", CODE: "C", ROUTER: "T", LISTENER: "L", STRANGER: "S"}
"""Participants from left to right, with their letters in the Mermaid text."""
_MESSAGE_WIDTH, _NOTE_WIDTH = 44, 80
_COLUMNS = (Column("#", "number"), Column("From"), Column("To"), Column("What"))
_EMPTY = "nothing has been sent or received yet that changes something"


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
    def mermaid(self) -> str:
        arrow = "-->>" if self.is_answer else "->>"
        message = label(*self.lines, width=_MESSAGE_WIDTH)
        return f"{_PARTICIPANTS[self.sender]}{arrow}{_PARTICIPANTS[self.receiver]}: {message}"


def draw_sequence(
    wire: Iterable[SentLike],
    inbox: Iterable[ArrivalLike],
    pauses: Iterable[Pause] = (),
    *,
    task_sid: str | None = None,
    reads: bool = False,
) -> Diagram:
    """Draw the exchanges of ``wire`` and the requests of ``inbox`` in the order in which they happened."""
    sent = list(wire)
    happenings = arrange(sent, inbox, pauses)
    if task_sid is not None:
        happenings = select_about(happenings, task_sid)
    shown = [each for each in happenings if reads or not _is_read(each)]
    names = collect_names(sent)
    arrows = [arrow for happening in shown for arrow in _arrows(happening, names)]
    title = "Sequence" if task_sid is None else f"Sequence of Task {short_sid(task_sid)}"
    return _draw(title, arrows, len(happenings) - len(shown))


def _draw(title: str, arrows: Sequence[_Arrow], reads: int) -> Diagram:
    first, steps = max(0, len(arrows) - _SHOWN_ARROWS), pluralize(len(arrows), "step")
    rows = tuple((str(number), *arrow.row) for number, arrow in enumerate(arrows[first:], first + 1))
    blocks: list[Block] = [Table(f"{title} ({steps})", _COLUMNS, rows, f"{title}: {_EMPTY}")]
    left_out = list(_left_out(first, reads))
    blocks += map(Sentence, left_out)
    return Diagram(f"{title}({steps})", blocks, "sequenceDiagram", _body(arrows[first:], first, left_out))


def _left_out(first: int, reads: int) -> Iterator[str]:
    if first:
        yield f"The first {first} steps are left out."
    if reads:
        noun = "read (GET) is" if reads == 1 else "reads (GET) are"
        yield f"{reads} {noun} left out; reads=True shows them, too."


def _body(arrows: Sequence[_Arrow], first: int, left_out: Sequence[str]) -> Iterator[str]:
    if not arrows:
        return
    yield f"autonumber {first + 1}"
    taking_part = {name for arrow in arrows for name in (arrow.sender, arrow.receiver)}
    present = [letter for name, letter in _PARTICIPANTS.items() if name in taking_part]
    yield from (f"participant {letter} as {name}" for name, letter in _PARTICIPANTS.items() if name in taking_part)
    yield from (arrow.mermaid for arrow in arrows)
    if left_out:
        yield f"Note over {present[0]},{present[-1]}: {label(*left_out, width=_NOTE_WIDTH)}"


def _is_read(happening: Happening) -> bool:
    """Return True for a GET request that succeeded; one that failed is worth seeing."""
    return happening.sent is not None and not happening.changes and 200 <= happening.sent.status < 300


def _arrows(happening: Happening, names: Names) -> Iterator[_Arrow]:
    if happening.pause is not None:
        yield _Arrow(ROUTER, ROUTER, (f"{span(happening.pause.seconds, exact=True)} pass",))
    if happening.sent is not None:
        yield from _draw_exchange(happening.sent, CODE, names)
    if happening.arrived is not None:
        source = find_sender(happening.arrived)
        yield _Arrow(source, LISTENER, describe_arrival(happening.arrived, names))
        for exchange in happening.inside:
            yield from _draw_exchange(exchange, LISTENER, names)
        yield _Arrow(LISTENER, source, (describe_reply(happening.arrived),), is_answer=True)


def _draw_exchange(exchange: SentLike, source: str, names: Names) -> Iterator[_Arrow]:
    yield _Arrow(source, ROUTER, (request_line(exchange), describe_request(exchange, names)))
    yield _Arrow(ROUTER, source, (describe_response(exchange),), is_answer=True)
