"""The wire and the inbox as one story: what was sent and what arrived, in the order in which it happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from helpers.emulator.display.views.sdk_shapes import ArrivalLike, SentLike
from helpers.wire import Pause

__all__ = ["Happening", "concerning", "in_order"]


@dataclass(frozen=True)
class Happening:
    """One exchange of the SDK, or one request that arrived with what was sent while it was answered, or a pause."""

    sent: SentLike | None = None
    arrived: ArrivalLike | None = None
    inside: tuple[SentLike, ...] = ()
    pause: Pause | None = None

    @property
    def began(self) -> int:
        """Its mark in the order of things.

        What was sent while a request was answered stands for it: callbacks that came between the two are effects of
        something earlier, as nothing had come of this request yet.
        """
        what = next(iter(self.inside), None) or self.sent or self.arrived or self.pause
        return 0 if what is None else what.began

    @property
    def changes(self) -> bool:
        """Whether it may have changed something in TaskRouter: a write, or time that passed."""
        return self.pause is not None or (self.sent is not None and self.sent.method != "GET")

    def tells_of(self, sid: str) -> bool:
        """Whether ``sid`` stands in a path, a parameter or a body of it."""
        sent = (*self.inside, *([] if self.sent is None else [self.sent]))
        if any(sid in exchange.path or sid in exchange.body for exchange in sent):
            return True
        arrived = self.arrived
        return arrived is not None and (sid in arrived.parameters.values() or sid.encode() in arrived.reply)


def in_order(wire: Iterable[SentLike], inbox: Iterable[ArrivalLike], pauses: Iterable[Pause] = ()) -> list[Happening]:
    """Everything, earliest first.

    A callback stands after the request that caused it, also where it overtook that request's answer: the connection
    sends nothing before the callbacks of what it sent earlier have been answered, so they have the earlier marks.
    """
    arrivals = list(inbox)
    of_thread: dict[int, list[tuple[int, ArrivalLike]]] = {}
    for place, arrival in enumerate(arrivals):
        of_thread.setdefault(arrival.thread, []).append((place, arrival))
    inside: dict[int, list[SentLike]] = {}
    outside: list[Happening] = []
    for exchange in wire:
        around = _around(exchange, of_thread)
        if around is None:
            outside.append(Happening(sent=exchange))
        else:
            inside.setdefault(around, []).append(exchange)
    received = [
        Happening(arrived=arrival, inside=tuple(inside.get(place, ()))) for place, arrival in enumerate(arrivals)
    ]
    paused = [Happening(pause=pause) for pause in pauses]
    return sorted([*outside, *received, *paused], key=lambda happening: happening.began)


def concerning(happenings: Sequence[Happening], task_sid: str) -> list[Happening]:
    """What concerns one Task: whatever names it, and what set off the callbacks about it.

    That is a write, for instance one that made a Worker available, or a pause, right before the callback.
    """
    kept: set[int] = set()
    for place, happening in enumerate(happenings):
        if happening.tells_of(task_sid):
            kept.add(place)
            if happening.arrived is not None:
                kept.update(_cause(happenings, place))
    return [happenings[place] for place in sorted(kept)]


def _cause(happenings: Sequence[Happening], place: int) -> Iterator[int]:
    before = next((at for at in range(place - 1, -1, -1) if happenings[at].arrived is None), None)
    if before is not None and happenings[before].changes:
        yield before


def _around(exchange: SentLike, arrivals: Mapping[int, Sequence[tuple[int, ArrivalLike]]]) -> int | None:
    """The place of the arrival that was being answered, by the same thread, when ``exchange`` was sent."""
    of_thread = arrivals.get(exchange.thread, ())
    return next((place for place, each in of_thread if each.began < exchange.began < each.ended), None)
