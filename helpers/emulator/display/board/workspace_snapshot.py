"""A Workspace as it was read: what the console draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

__all__ = ["LISTED", "ClockFace", "Timer", "WorkspaceSnapshot"]

LISTED = 1000
"""Workers, Tasks, TaskQueues and Activities that are read; the console says so where there are more."""


@dataclass(frozen=True)
class Timer:
    """What next happens by itself."""

    due: datetime
    purpose: str
    """As ``Connection.clock`` gives it: "reservation timeout", "step timeout", …"""
    sid: str


@dataclass(frozen=True)
class ClockFace:
    """The time that counts in the Workspace, and whose it is."""

    now: datetime
    kind: Literal["lesson", "running", "live"]
    """A lesson's clock stands still between two writes; a running one is the emulator's; live is Twilio's."""
    next: Timer | None = None

    @classmethod
    def of(cls, told: Mapping[str, Any] | None, wall: datetime) -> ClockFace:
        """Read what ``Connection.clock`` told; ``wall`` is the machine's time, which counts in live mode."""
        if told is None:
            return cls(wall, "live")
        due = told["next"]
        timer = None if due is None else Timer(_moment(due["due_ms"]), due["purpose"], due["sid"] or "")
        return cls(_moment(told["now_ms"]), "running" if told["running"] else "lesson", timer)


@dataclass(frozen=True)
class WorkspaceSnapshot:
    """The SDK's instances, read together. ``trouble`` says why they could not be, or are old."""

    clock: ClockFace
    workspace: Any = None
    activities: tuple[Any, ...] = ()
    queues: tuple[Any, ...] = ()
    workers: Mapping[str, Any] = field(default_factory=dict)
    channels: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """By Worker SID."""
    tasks: Mapping[str, Any] = field(default_factory=dict)
    reservations: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """By Task SID, for Tasks that are or were with a Worker."""
    events: tuple[Any, ...] = ()
    """The newest, in order."""
    cut: tuple[str, ...] = ()
    """What there is more of than was read, such as "Workers"."""
    trouble: str = ""


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
