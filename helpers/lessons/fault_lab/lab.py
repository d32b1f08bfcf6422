"""The lab: one broken application at a time behind the Workflow's callback URL, and its code once it is diagnosed."""

from __future__ import annotations

import inspect
from datetime import UTC, datetime
from typing import Any

from helpers.callbacks.inbox import Inbox
from helpers.connection import connect
from helpers.errors.lesson_problems import LabIsLocal, NoSuchVersion, NothingStarted
from helpers.lessons.fault_lab.applications import APPLICATIONS
from helpers.lessons.fault_lab.contrast import judge, read_cause
from helpers.lessons.fault_lab.lab_world import LabWorld, world_of
from helpers.lessons.fault_lab.minute import Minute

__all__ = ["FaultLab", "fault_lab"]

_FIRST_ORDER = 1000


class FaultLab:
    """Lab in which one application at a time answers the Workflow's callbacks, at a door of its own.

    Args:
        world: None where there can be no lab; then it says so when it is used.
    """

    def __init__(self, world: LabWorld | None) -> None:
        self._given_world = world
        self._minute: Minute | None = None

    def start(self, number: int, *, fallback: str = "") -> None:
        """Deploy the application with this number, let a customer ask for help, and let a minute pass; say so.

        0 is the application of yesterday. The one before is taken away, open Tasks are ended, and Alice is set Idle.

        Args:
            fallback: URL that TaskRouter asks if the application fails.

        Raises:
            LabIsLocal: the kernel has no emulator of its own.
            NoSuchVersion: there is no such number.
        """
        world = self._world
        if type(number) is not int or not 0 <= number < len(APPLICATIONS):
            raise NoSuchVersion(number)
        self.stop()
        order = _FIRST_ORDER + number
        self._minute = Minute(world, number, order, fallback)
        self._minute.play()
        which = f"Version {number}" if number else "Yesterday's version"
        print(
            f"{which} is deployed. At {self._time_of_task()} the customer of order {order} asked for help in Spanish."
        )
        print(f"Now it's {self._time()}.")

    def stop(self) -> None:
        """Take the application away, and put the settings of Workflow and Workspace back; do nothing without one."""
        minute, self._minute = self._minute, None
        if minute is not None:
            minute.end()

    @property
    def task(self) -> Any:
        """Task of the customer who asked for help, as TaskRouter returned it first."""
        return self._started.task

    @property
    def inbox(self) -> Inbox:
        """Requests that the application received, with its replies."""
        return self._started.app.inbox

    @property
    def log(self) -> list[str]:
        """Lines that the application wrote."""
        return list(self._started.app.shop.log)

    @property
    def alerts(self) -> list[Any]:
        """Alerts since the application was deployed."""
        return self._started.alerts()

    @property
    def deliveries(self) -> list[Any]:
        """Callbacks since then, each with what came back."""
        return self._started.deliveries()

    def diagnose(self, number: int, cause: str) -> None:
        """Say whether this application has this fault: with its code if it has, else with what contradicts it.

        Raises:
            NoSuchVersion: there is no such number.
        """
        if type(number) is not int or not 1 <= number < len(APPLICATIONS):
            raise NoSuchVersion(number)
        contradiction = judge(number, read_cause(cause))
        if contradiction:
            print(f"✗ Not yet. {contradiction}")
            return
        deployed = APPLICATIONS[number]
        print(f"✓ Version {number}: {deployed.cause}.")
        print(*filter(None, (deployed.told, *(inspect.getsource(each).rstrip() for each in deployed.shown))), sep="\n")

    @property
    def _world(self) -> LabWorld:
        if self._given_world is None:
            raise LabIsLocal
        return self._given_world

    @property
    def _started(self) -> Minute:
        if self._given_world is None:
            raise LabIsLocal
        if self._minute is None:
            raise NothingStarted
        return self._minute

    def _time(self) -> str:
        return _clock_of(self._world.emulator.look(lambda emulator: emulator.clock.now()) / 1000)

    def _time_of_task(self) -> str:
        return f"{self._started.task.date_created:%H:%M:%S}"

    def __repr__(self) -> str:
        return f"FaultLab({'nothing started' if self._minute is None else f'version {self._minute.number}'})"


def _clock_of(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%H:%M:%S}"


_current: FaultLab | None = None


def fault_lab() -> FaultLab:
    """Return a new lab in the tutorial's Workspace; an earlier one is stopped.

    Where the kernel has no emulator of its own, in live mode say, the lab raises an error when it is used.

    Raises:
        StoryMissing: the tutorial's Workspace isn't there.
    """
    global _current
    world = world_of(connect())
    if _current is not None:
        _current.stop()
    _current = FaultLab(world)
    return _current
