"""Fork: an emulator that goes on from a moment of another one, in this process alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import msgspec
from starlette.types import Receive, Scope, Send

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


class ForkSids:
    """Generator of SIDs for what only a fork creates: none that the original has given, or will give.

    It is no :class:`.SeededSids`, whose counts the emulator stores and restores: those are the original's.
    """

    def __init__(self, seed: str) -> None:
        self._sids = SeededSids(f"{seed}-fork")

    def new(self, prefix: str) -> str:
        """Return the next SID with ``prefix``."""
        return self._sids.new(prefix)


@dataclass(frozen=True)
class Origin:
    """Start of a fork: everything in one emulator at a moment."""

    moment: Moment
    generation: int
    events: list[Event]
    seed: str
    accounts: dict[str, Account] = field(repr=False)

    def emulator(self, sids: SeededSids) -> Emulator:
        """Return a new emulator as at that moment; it sends no callbacks, and its time stands still."""
        store, at = Store(None), self.moment.at
        meta = {"clock": str(at), "sids": msgspec.json.encode(sids.counts).decode()}
        store.commit(Changes(at=at, saved=_records(self.moment), events=self.events), meta)
        emulator = Emulator(store, Clock(at, running=False), sids, self.accounts, History())
        emulator.world.numbers = self.moment.counters[:2]
        return emulator


class Fork:
    """Emulator with its own SDK transport; it belongs to the thread that uses it.

    Deadlines and replayed commands go on with the original's ``sids``, so that what the original made later keeps its
    SIDs here. Requests through ``http_client`` are the fork's alone, and take SIDs of its own.
    """

    def __init__(self, origin: Origin) -> None:
        self.sids = SeededSids(origin.seed, origin.moment.counters.sids)
        self.emulator = origin.emulator(self.sids)
        self._own_sids = ForkSids(origin.seed)
        self._app = create_app(self.emulator)
        from ..sdk.http_client import InProcessHttpClient  # here, because a server must start without the SDK

        self.http_client = InProcessHttpClient(self._answer)
        self.http_client.spelled_workspace = "branch.workspace"
        account = next(iter(origin.accounts.values()))
        self.account_sid = account.sid
        self.auth_token = account.auth_token

    @classmethod
    def standing(cls, origin: Origin) -> Fork:
        """Return a fork without timers, which stays as it was."""
        fork = cls(origin)
        fork.emulator.world.timers = Timers()
        return fork

    def now(self) -> Millis:
        """Return the fork's time."""
        return self.emulator.clock.now()

    def advance(self, seconds: float) -> Millis:
        """Advance the clock by ``seconds``, firing timers on the way, and return the new time.

        Raises:
            ValueError: ``seconds`` is negative, not finite, or more than ten years.
        """
        for _ in self.emulator.advance_stepwise(seconds):
            pass
        return self.now()

    @contextmanager
    def own_sids(self) -> Iterator[None]:
        """Give what is created inside the block SIDs of the fork's own."""
        self.emulator.sids = self._own_sids
        try:
            yield
        finally:
            self.emulator.sids = self.sids

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self.own_sids():
            await self._app(scope, receive, send)


def _records(moment: Moment) -> dict[str, Record]:
    return {sid: _DECODERS[kind](body) for sid, (kind, body) in moment.bodies.items()}
