"""Controls of the console: each click becomes the SDK call that it shows, made with the learner's own client."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from helpers.emulator.display.board.workspace_snapshot import WorkspaceSnapshot
from helpers.emulator.display.safe_text import one_line, short_sid
from helpers.output.actions import Click
from helpers.output.kernel_names import spell_connection, spell_sid, spell_workspace

__all__ = ["ControlCall", "Controls"]

LONGEST_SECONDS = 10 * 365 * 86_400

_STATUSES = {"accept": "accepted", "reject": "rejected", "complete": "completed"}


@dataclass(frozen=True)
class ControlCall:
    """SDK call as code and as a function; ``run`` makes it and returns a sentence about the result."""

    code: str
    run: Callable[[], str]


class Controls:
    """Translator from clicks to SDK calls.

    Args:
        workspace: the SDK's context, of the learner's client.
        workspace_sid: its SID.
        advance: moves the clock forward by seconds, as ``connection.advance`` does.
        snapshot: returns the current state of the Workspace, which has the next timer.
    """

    def __init__(
        self,
        workspace: Any,
        workspace_sid: str,
        advance: Callable[[float], object],
        snapshot: Callable[[], WorkspaceSnapshot],
    ) -> None:
        self._workspace = workspace
        self._workspace_sid = workspace_sid
        self._advance = advance
        self._snapshot = snapshot

    def call_for(self, click: Click) -> ControlCall:
        """Return the SDK call for a click.

        Raises:
            ValueError: there is none; the text says why.
        """
        match click:
            case {"action": "activity", "worker": str(worker_sid), "activity": str(activity_sid)}:
                return self._set_activity(worker_sid, activity_sid)
            case {"action": str(action), "task": str(task_sid), "reservation": str(sid)} if action in _STATUSES:
                return self._answer_reservation(task_sid, sid, _STATUSES[action], click.get("activity"))
            case {"action": "advance", "seconds": seconds}:
                return self._move_clock(_read_seconds(seconds))
            case {"action": "next timer"}:
                return self._move_clock(self._until_next_timer())
        raise ValueError(f"The console has no control that asks for {one_line(dict(click))}.")

    def _set_activity(self, worker_sid: str, activity_sid: str) -> ControlCall:
        def run() -> str:
            worker = self._workspace.workers(worker_sid).update(activity_sid=activity_sid)
            return f"{one_line(worker.friendly_name)} is {one_line(worker.activity_name)} now."

        place = f"{spell_workspace(self._workspace_sid)}.workers({spell_sid(worker_sid)})"
        return ControlCall(f"{place}.update(activity_sid={spell_sid(activity_sid)})", run)

    def _answer_reservation(self, task_sid: str, sid: str, status: str, activity_sid: object) -> ControlCall:
        changes = {"reservation_status": status}
        if activity_sid:
            changes["worker_activity_sid"] = str(activity_sid)

        def run() -> str:
            reservation = self._workspace.tasks(task_sid).reservations(sid).update(**changes)
            return f"Reservation {short_sid(sid)} of {one_line(reservation.worker_name)} is {status} now."

        given = ", ".join(f"{name}={spell_sid(value)}" for name, value in changes.items())
        place = f"{spell_workspace(self._workspace_sid)}.tasks({spell_sid(task_sid)})"
        return ControlCall(f"{place}.reservations({spell_sid(sid)}).update({given})", run)

    def _move_clock(self, seconds: float) -> ControlCall:
        number = f"{seconds:.3f}".rstrip("0").rstrip(".")

        def run() -> str:
            self._advance(seconds)
            return f"The clock moved on by {number} s."

        return ControlCall(f"{spell_connection()}.advance({number})", run)

    def _until_next_timer(self) -> float:
        clock = self._snapshot().clock
        if clock.next is None:
            raise ValueError("No timer runs: nothing will happen by itself.")
        return max(0.0, (clock.next.due - clock.now).total_seconds())


def _read_seconds(seconds: object) -> float:
    try:
        number = float(str(seconds))
    except ValueError:
        number = math.nan
    if not 0 < number <= LONGEST_SECONDS:
        raise ValueError(f"{one_line(seconds)!r} seconds cannot be: time moves forward only, and ten years at most.")
    return number
