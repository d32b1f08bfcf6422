"""An emulator that goes on from a moment of another one, in this process alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import msgspec

from ..api import create_app
from ..clock import Clock, Millis
from ..emulator import Account, Emulator
from ..engine.model.changes import Changes
from ..engine.model.resources import Event, Record
from ..engine.timers import Timers
from ..history import History, Moment
from ..sids import SeededSids
from ..store.store import KINDS, Store

__all__ = ["Fork", "ForkSids", "Origin"]

_DECODERS = {kind.kind: msgspec.json.Decoder(kind).decode for kind in KINDS}


class ForkSids(SeededSids):
    """Counts apart what only the fork makes, so that what the original made later keeps its SIDs here."""

    _continues = False

    def new(self, prefix: str) -> str:
        """The next SID of the kind ``prefix``, of either count."""
        if self._continues:
            return super().new(prefix)
        return prefix + super().new(f"{prefix}-fork")[-32:]  # the digits

    @contextmanager
    def continuing(self, yes: bool = True) -> Iterator[None]:
        """Meanwhile, go on with the original's SIDs."""
        before, self._continues = self._continues, yes
        try:
            yield
        finally:
            self._continues = before

    def catch_up(self, counts: dict[str, int]) -> None:
        """Count on from where the original had counted."""
        for prefix, count in counts.items():
            self.counts[prefix] = max(count, self.counts.get(prefix, 0))


@dataclass(frozen=True)
class Origin:
    """What a fork starts from: all that one emulator held at a moment."""

    moment: Moment
    generation: int
    events: list[Event]
    seed: str
    accounts: dict[str, Account] = field(repr=False)

    def emulator(self, sids: SeededSids) -> Emulator:
        """A fresh emulator as at that moment. It sends no callbacks, and its time stands still while it is changed."""
        store, at = Store(None), self.moment.at
        meta = {"clock": str(at), "sids": msgspec.json.encode(sids.counts).decode()}
        store.commit(Changes(at=at, saved=_records(self.moment), events=self.events), meta)
        emulator = Emulator(store, Clock(at, running=False), sids, self.accounts, History())
        emulator.world.numbers = self.moment.counters[:2]
        return emulator


class Fork:
    """An emulator with its own SDK transport; it belongs to the thread that uses it."""

    def __init__(self, origin: Origin) -> None:
        self.sids = ForkSids(origin.seed, origin.moment.counters.sids)
        self.emulator = origin.emulator(self.sids)
        from ..sdk.http_client import InProcessHttpClient  # here, because a server must start without the SDK

        self.http_client = InProcessHttpClient(create_app(self.emulator))
        account = next(iter(origin.accounts.values()))
        self.account_sid = account.sid
        self.auth_token = account.auth_token

    @classmethod
    def standing(cls, origin: Origin) -> Fork:
        """One in which nothing ever falls due, so that it stays just as it was."""
        fork = cls(origin)
        fork.emulator.world.timers = Timers()
        return fork

    def now(self) -> Millis:
        """The fork's time."""
        return self.emulator.now()

    def advance(self, seconds: float) -> Millis:
        """Move the clock on by ``seconds``, with everything that falls due meanwhile; returns the new time.

        Raises:
            ValueError: ``seconds`` is negative, not finite, or more than ten years.
        """
        with self.sids.continuing():
            for _ in self.emulator.advancing(seconds):
                pass
        return self.now()


def _records(moment: Moment) -> dict[str, Record]:
    return {sid: _DECODERS[kind](body) for sid, (kind, body) in moment.bodies.items()}
