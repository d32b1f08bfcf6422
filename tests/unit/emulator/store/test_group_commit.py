"""Requests of one turn of the event loop share a commit, and what becomes of it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from helpers.emulator.callbacks.transport import HttpTransport
from helpers.emulator.emulator import Emulator
from helpers.emulator.engine.model.changes import Alert, Callback, Changes
from helpers.emulator.server.clock_setting import ClockSetting
from helpers.emulator.server.factory import Configuration, assemble
from helpers.emulator.server.host_guard import guard_for
from helpers.emulator.server.machine.application import ServerApplication

WORKSPACES = "/v1/Workspaces"


@pytest.fixture
def emulator(tmp_path: Path) -> Iterator[Emulator]:
    emulator = assemble(Configuration(clock=ClockSetting("real"), data=tmp_path))
    yield emulator
    emulator.store.close()


def post_together(
    emulator: Emulator, names: list[str], *, also: Any = None, get: str = WORKSPACES
) -> list[tuple[int, int]]:
    """Create Workspaces in one turn, then get a page in it.

    Returns:
        For each request the status, and how many writes had been kept when it was answered.
    """

    async def run() -> list[tuple[int, int]]:
        emulator.shares = True
        account = next(iter(emulator.accounts.values()))
        guard = guard_for("127.0.0.1")
        app = ServerApplication(emulator, ClockSetting("real"), guard=guard, transport=HttpTransport())
        transport, auth = httpx.ASGITransport(app), (account.sid, account.auth_token)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", auth=auth) as http:

            async def post(name: str) -> tuple[int, int]:
                answer = await http.post(WORKSPACES, data={"FriendlyName": name, "EventCallbackUrl": "http://a.test/"})
                return answer.status_code, kept(emulator)

            async def look() -> tuple[int, int]:
                if also is not None:
                    also(emulator)
                return (await http.get(get)).status_code, kept(emulator)

            return await asyncio.gather(*map(post, names), look())

    return asyncio.run(run())


def kept(emulator: Emulator) -> int:
    assert emulator.store.path is not None
    with closing(sqlite3.connect(emulator.store.path)) as other:
        return int(other.execute("SELECT count(*) FROM writes").fetchone()[0])


def commits(emulator: Emulator) -> list[str]:
    seen = list[str]()
    emulator.store._db.set_trace_callback(lambda sql: seen.append(sql) if sql == "COMMIT" else None)
    return seen


def test_index_is_brought_up_to_date_after_answers(emulator: Emulator) -> None:
    """Nobody waits for what only questions about events need."""
    names = [f"Desk {n}" for n in range(24)]

    post_together(emulator, names)

    assert not emulator.store.is_behind


def test_one_commit_is_shared_and_precedes_every_answer(emulator: Emulator) -> None:
    """Of eight requests in one turn none is answered before all are kept."""
    before, seen = kept(emulator), commits(emulator)

    answers = post_together(emulator, [f"Desk {n}" for n in range(8)])

    assert answers == [*[(201, before + 8)] * 8, (200, before + 8)]
    assert len(seen) < 8


def test_failed_commit_is_told_to_all_and_nothing_is_left(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each gets 503, also who would have seen it; no callback goes out, memory is what the file says; all goes on."""
    post_together(emulator, ["Before"])
    sent = list[Callback]()
    emulator.on_callbacks = sent.extend
    monkeypatch.setattr(
        emulator.store._journal, "keep", lambda: (_ for _ in ()).throw(sqlite3.OperationalError("full"))
    )
    failed = post_together(emulator, ["One", "Two", "Three"])
    failed += post_together(emulator, ["Four"], get="/_emulator/snapshot")
    monkeypatch.undo()
    names = [each.friendly_name for each in emulator.workspaces(next(iter(emulator.accounts)))]
    sent_then = list(sent)
    later = post_together(emulator, ["After"])

    assert [status for status, _ in failed] == [503] * 6
    assert (names, sent_then) == (["Before"], [])
    assert later[0][0] == 201
    in_memory = [record for state in emulator.world.workspaces.values() for record in state.records()]
    assert len(emulator.store.load().records) == len(in_memory)


def test_whoever_cannot_wait_keeps_the_others_writes_too(emulator: Emulator) -> None:
    """An alert in the same turn is one transaction with what was noted before it."""
    counted = list[int]()

    def look(emulator: Emulator) -> None:
        alert = Alert(code=1, text="", resource_sid="", workspace_sid="", at=1)
        emulator.store.commit(Changes(at=1, alerts=[alert]), {})
        counted.append(kept(emulator))

    before = kept(emulator)
    answers = post_together(emulator, ["One", "Two"], also=look)

    assert [status for status, _ in answers] == [201, 201, 200]
    assert (counted, kept(emulator)) == ([before + 3], before + 3)


def test_nobody_is_told_of_a_world_that_is_over(emulator: Emulator) -> None:
    """What was created in the turn of a reset is gone with the rest, and its callbacks are not sent any more."""
    sent = list[Callback]()
    emulator.on_callbacks = sent.extend

    def reset(emulator: Emulator) -> None:
        emulator.store.replace(Changes(at=0), {})
        emulator.renew()

    answers = post_together(emulator, ["One"], also=reset)

    assert [status for status, _ in answers] == [201, 200]
    assert (sent, emulator.world.workspaces) == ([], {})


def test_who_looks_between_requests_sees_what_is_kept(emulator: Emulator) -> None:
    """The turn ends for whoever looks into the emulator in the middle of it."""
    counted = list[int]()

    def look(emulator: Emulator) -> None:
        emulator.keep()
        counted.append(kept(emulator))

    before = kept(emulator)
    answers = post_together(emulator, ["One", "Two"], also=look)

    assert counted == [before + 2]
    assert [status for status, _ in answers] == [201, 201, 200]
