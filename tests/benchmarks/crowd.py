"""A workspace with as many Tasks and Workers as wanted, in this process: asked without HTTP, but durable."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

from helpers.emulator.emulator import Emulator
from helpers.emulator.engine.commands import reservations, tasks, workers
from helpers.emulator.engine.transaction import Transaction
from helpers.emulator.server.administration.seed_file import plant, read_seeds
from helpers.emulator.server.clock_setting import ClockSetting
from helpers.emulator.server.factory import Configuration, assemble

__all__ = ["Crowd", "crowd", "seed"]

_LANGUAGES = 10


class Crowd:
    """Workers in a workspace planted from :func:`seed`; all are Offline."""

    def __init__(self, emulator: Emulator, workspace_sid: str) -> None:
        self._emulator = emulator
        self._account_sid = next(iter(emulator.accounts))
        self._sid = workspace_sid
        self._state = emulator.world.workspaces[workspace_sid]
        self._activities = {each.friendly_name: each.sid for each in self._state.activities.values()}
        self._worker_sids = cycle(list(self._state.workers))

    def assign(self) -> None:
        """The next Worker comes, is reserved, accepts, goes, and completes the Task."""
        worker_sid = next(self._worker_sids)
        self._move(worker_sid, "Available")
        reservation = self._state.reservations_of_worker(worker_sid)[-1]
        self._write(
            lambda transaction: reservations.update(transaction, reservation.sid, {"reservation_status": "accepted"})
        )
        self._move(worker_sid, "Offline")
        self._write(
            lambda transaction: tasks.update(transaction, reservation.task_sid, {"assignment_status": "completed"})
        )

    def _move(self, worker_sid: str, activity: str) -> None:
        self._write(
            lambda transaction: workers.update(transaction, worker_sid, {"activity_sid": self._activities[activity]})
        )

    def _write(self, command: Callable[[Transaction], object]) -> None:
        self._emulator.write(self._account_sid, self._sid, command)


@contextmanager
def crowd(folder: Path, how_many_tasks: int, how_many_workers: int) -> Iterator[Crowd]:
    """A crowd whose file is in ``folder``."""
    emulator = assemble(Configuration(clock=ClockSetting("real"), data=folder))
    try:
        document = seed(how_many_tasks, how_many_workers)
        (workspace_sid,) = plant(emulator, next(iter(emulator.accounts)), read_seeds(document))
        yield Crowd(emulator, workspace_sid)
    finally:
        emulator.store.close()


def seed(how_many_tasks: int, how_many_workers: int, timeout: Callable[[int], int] = lambda number: 86_400) -> bytes:
    """A seed document: one queue for each of ten languages; each Worker speaks two of them, each Task needs one.

    Args:
        timeout: seconds after which the Task of a number is canceled.
    """
    languages = [f"language {number}" for number in range(_LANGUAGES)]
    workspace: dict[str, Any] = {
        "friendly_name": "Crowd",
        "task_queues": [{"friendly_name": each, "target_workers": f"languages HAS '{each}'"} for each in languages],
        "workers": [
            {
                "friendly_name": f"Worker {number}",
                "attributes": {"languages": [_some(languages, number), _some(languages, number + 1)]},
            }
            for number in range(how_many_workers)
        ],
        "workflows": [
            {
                "friendly_name": "Crowd",
                "configuration": {"task_routing": {"filters": [_filter(each) for each in languages]}},
            }
        ],
        "tasks": [
            {"workflow": "Crowd", "attributes": {"language": _some(languages, number)}, "timeout": timeout(number)}
            for number in range(how_many_tasks)
        ],
    }
    return json.dumps({"workspaces": [workspace]}).encode()


def _some(languages: list[str], number: int) -> str:
    return languages[number % len(languages)]


def _filter(language: str) -> dict[str, Any]:
    return {"expression": f"language == '{language}'", "targets": [{"queue": language}]}
