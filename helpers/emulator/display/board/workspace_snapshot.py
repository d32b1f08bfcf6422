"""Snapshot of a Workspace, which the console reads and draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

__all__ = ["LISTED", "ClockFace", "Timer", "WorkspaceSnapshot"]

LISTED = 1000
"""Most Workers, Tasks, TaskQueues, Workflows and so on that are read; the console says if there are more."""


@dataclass(frozen=True)
class Timer:
    """Timer that fires next."""

    due: datetime
    purpose: str
    """Purpose, as ``Connection.clock`` returns it: "reservation timeout", "step timeout", …"""
    sid: str


@dataclass(frozen=True)
class ClockFace:
    """Time of the Workspace, and the kind of its clock."""

    now: datetime
    kind: Literal["lesson", "running", "live"]
    """Kind of clock: a lesson's stands still between two writes, a running one is the emulator's, live is Twilio's."""
    next: Timer | None = None

    @classmethod
    def of(cls, told: Mapping[str, Any] | None, wall: datetime) -> ClockFace:
        """Return the clock from ``Connection.clock``; ``wall`` is the machine's time, which counts in live mode."""
        if told is None:
            return cls(wall, "live")
        due = told["next"]
        timer = None if due is None else Timer(_moment(due["due_ms"]), due["purpose"], due["sid"] or "")
        return cls(_moment(told["now_ms"]), "running" if told["running"] else "lesson", timer)


@dataclass(frozen=True)
class WorkspaceSnapshot:
    """Instances of the SDK, read together. ``trouble`` says why they couldn't be read, or are old."""

    clock: ClockFace
    workspace: Any = None
    activities: tuple[Any, ...] = ()
    queues: tuple[Any, ...] = ()
    workflows: tuple[Any, ...] = ()
    task_channels: tuple[Any, ...] = ()
    workers: Mapping[str, Any] = field(default_factory=dict)
    channels: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """Channels by Worker SID."""
    tasks: Mapping[str, Any] = field(default_factory=dict)
    reservations: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """Reservations by Task SID, for Tasks that are or were with a Worker."""
    events: tuple[Any, ...] = ()
    """Newest events, in order."""
    cut: tuple[str, ...] = ()
    """Lists that were read only in part, such as "Workers"."""
    trouble: str = ""


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
