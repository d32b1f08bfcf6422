"""Order of the exchanges on the wire and the requests in the inbox, as they happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from helpers.emulator.display.views.sdk_shapes import ArrivalLike, SentLike
from helpers.wire import Pause

__all__ = ["Happening", "arrange", "find_late", "select_about"]


@dataclass(frozen=True)
class Happening:
    """Exchange of the SDK, or a pause, or a request that arrived, with the exchanges made while it was answered."""

    sent: SentLike | None = None
    arrived: ArrivalLike | None = None
    inside: tuple[SentLike, ...] = ()
    pause: Pause | None = None

    @property
    def began(self) -> int:
        """Mark of its start, by which happenings are sorted.

        A request that arrived counts from the first exchange made while it was answered: before that it had no
        effects, so callbacks in between were caused by something earlier.
        """
        what = next(iter(self.inside), None) or self.sent or self.arrived or self.pause
        return 0 if what is None else what.began

    @property
    def changes(self) -> bool:
        """True if it can have changed something in TaskRouter: a write, or time that passed."""
        return self.pause is not None or (self.sent is not None and self.sent.method != "GET")

    def mentions(self, sid: str) -> bool:
        """Return True if ``sid`` is in one of its paths, parameters or responses."""
        sent = (*self.inside, *([] if self.sent is None else [self.sent]))
        if any(sid in exchange.path or sid in exchange.body for exchange in sent):
            return True
        arrived = self.arrived
        return arrived is not None and (sid in arrived.parameters.values() or sid.encode() in arrived.reply)


def arrange(wire: Iterable[SentLike], inbox: Iterable[ArrivalLike], pauses: Iterable[Pause] = ()) -> list[Happening]:
    """Return all exchanges, requests and pauses, earliest first.

    A callback is placed after the request that caused it, even if it was faster than that request's response: the
    connection sends the next request only after the callbacks of earlier ones, so they have the earlier marks.
    """
    arrivals = list(inbox)
    of_thread: dict[int, list[tuple[int, ArrivalLike]]] = {}
    for place, arrival in enumerate(arrivals):
        of_thread.setdefault(arrival.thread, []).append((place, arrival))
    inside: dict[int, list[SentLike]] = {}
    outside: list[Happening] = []
    for exchange in wire:
        around = _find_around(exchange, of_thread)
        if around is None:
            outside.append(Happening(sent=exchange))
        else:
            inside.setdefault(around, []).append(exchange)
    received = [
        Happening(arrived=arrival, inside=tuple(inside.get(place, ()))) for place, arrival in enumerate(arrivals)
    ]
    paused = [Happening(pause=pause) for pause in pauses]
    return sorted([*outside, *received, *paused], key=lambda happening: happening.began)


def select_about(happenings: Sequence[Happening], task_sid: str) -> list[Happening]:
    """Return what mentions one Task, and what caused the callbacks about it.

    The cause is a write or a pause right before the callback, such as one that made a Worker available. Reads of the
    Task in between don't count: at Twilio routing takes a while, and whoever waits for it reads.
    """
    kept: set[int] = set()
    for place, happening in enumerate(happenings):
        if happening.mentions(task_sid):
            kept.add(place)
            if happening.arrived is not None:
                kept.update(_find_cause(happenings, place, task_sid))
    return [happenings[place] for place in sorted(kept)]


def find_late(happenings: Iterable[Happening]) -> list[Happening]:
    """Return the events that arrived after a later event about the same Task, by TaskRouter's own time stamps."""
    newest: dict[tuple[str, object], int] = {}
    late = []
    for each in happenings:
        given = {} if each.arrived is None else each.arrived.parameters
        stamp = str(given.get("TimestampMs", ""))
        if each.arrived is not None and stamp.isdecimal():
            story = each.arrived.receiver, str(given.get("TaskSid"))
            if int(stamp) < newest.get(story, 0):
                late.append(each)
            newest[story] = max(int(stamp), newest.get(story, 0))
    return late


def _find_cause(happenings: Sequence[Happening], place: int, task_sid: str) -> Iterator[int]:
    for at in range(place - 1, -1, -1):
        before = happenings[at]
        if before.changes:
            yield at
        if before.changes or (before.arrived is None and not before.mentions(task_sid)):
            return


def _find_around(exchange: SentLike, arrivals: Mapping[int, Sequence[tuple[int, ArrivalLike]]]) -> int | None:
    """Return the index of the request whose answering thread sent ``exchange`` meanwhile, or None."""
    of_thread = arrivals.get(exchange.thread, ())
    return next((place for place, each in of_thread if each.began < exchange.began < each.ended), None)
