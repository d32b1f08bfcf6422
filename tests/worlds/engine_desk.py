"""A Workspace without the API: commands of the engine are written straight to an emulator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from helpers.emulator.clock import Clock
from helpers.emulator.emulator import Account, Emulator
from helpers.emulator.engine.commands import activities, task_queues, tasks, workers, workflows, workspaces
from helpers.emulator.engine.model.resources import Reservation, Task, Worker
from helpers.emulator.history import History
from helpers.emulator.sids import SeededSids
from helpers.emulator.store.store import Store
from tests.worlds.application import ASSIGNMENT_URL, FALLBACK_URL
from tests.worlds.desk import ACCOUNT_SID, AUTH_TOKEN, configuration

__all__ = ["EngineDesk", "new_emulator"]


def new_emulator(store: Store | None = None, clock: Clock | None = None, history: History | None = None) -> Emulator:
    """Return an emulator with one account, without a file and on a lesson clock unless told otherwise."""
    account = Account(ACCOUNT_SID, AUTH_TOKEN)
    accounts = {account.sid: account}
    return Emulator(store or Store(None), clock or Clock.lesson(), SeededSids("tests"), accounts, history)


class EngineDesk:
    """A Workspace where everybody serves one TaskQueue; Alice is Offline."""

    def __init__(self, emulator: Emulator, **workspace: Any) -> None:
        self.emulator = emulator
        made = emulator.write(ACCOUNT_SID, None, workspaces.create, friendly_name="Care Desk", **workspace)
        self.workspace_sid = made.sid
        self.offline_sid = made.default_activity_sid
        self.available_sid = self.write(activities.create, friendly_name="Idle", available=True).sid
        queue = self.write(task_queues.create, friendly_name="Everybody")
        self.workflow_sid = self.write(
            workflows.create,
            friendly_name="Everything",
            configuration=configuration(default=queue.sid),
            assignment_callback_url=ASSIGNMENT_URL,
            fallback_assignment_callback_url=FALLBACK_URL,
        ).sid
        self.worker_sid = self.write(workers.create, friendly_name="Alice").sid

    def write(self, command: Callable[..., Any], /, *args: object, **arguments: object) -> Any:
        """Run a command of the engine in the Workspace."""
        return self.emulator.write(ACCOUNT_SID, self.workspace_sid, command, *args, **arguments)

    def task(self, attributes: str = "{}") -> Task:
        """Create a Task for the Workflow."""
        return self.write(tasks.create, workflow_sid=self.workflow_sid, attributes=attributes)

    def move(self, activity_sid: str) -> Worker:
        """Change Alice's Activity."""
        return self.write(workers.update, self.worker_sid, {"activity_sid": activity_sid})

    @property
    def reservations(self) -> list[Reservation]:
        """All Reservations, in order of creation."""
        return list(self.emulator.world.workspaces[self.workspace_sid].reservations.values())
