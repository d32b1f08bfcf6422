"""What each control of the console stands for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from helpers.console.controls import Controls
from helpers.emulator.display.board.workspace_snapshot import ClockFace, Timer, WorkspaceSnapshot

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Recorded:
    """Stands in for the SDK's context: every call is noted, attributes of the answer are words."""

    def __init__(self, calls: list[str], path: str = "") -> None:
        self._calls, self._path = calls, path

    def __getattr__(self, name: str) -> Recorded:
        return Recorded(self._calls, f"{self._path}.{name}")

    def __call__(self, *given: str, **named: str) -> Any:
        words = ", ".join([*map(repr, given), *(f"{name}={value!r}" for name, value in named.items())])
        if named:
            self._calls.append(f"{self._path}({words})")
        return Recorded(self._calls, f"{self._path}({words})")

    def __str__(self) -> str:
        return self._path.rpartition(".")[2]


@pytest.fixture
def calls() -> list[str]:
    return []


@pytest.fixture
def controls(calls) -> Controls:
    timer = Timer(NOW + timedelta(seconds=90.5), "reservation timeout", "WR1")
    snapshot = WorkspaceSnapshot(ClockFace(NOW, "lesson", timer))
    return Controls(Recorded(calls), "WS1", lambda seconds: calls.append(f"advance {seconds}"), lambda: snapshot)


@pytest.mark.parametrize(
    ("click", "code"),
    [
        (
            {"action": "activity", "worker": "WK1", "activity": "WA1"},
            'client.taskrouter.v1.workspaces("WS1").workers("WK1").update(activity_sid="WA1")',
        ),
        (
            {"action": "accept", "task": "WT1", "reservation": "WR1"},
            'client.taskrouter.v1.workspaces("WS1").tasks("WT1").reservations("WR1").update(reservation_status="accepted")',
        ),
        (
            {"action": "reject", "task": "WT1", "reservation": "WR1", "activity": "WA1"},
            'client.taskrouter.v1.workspaces("WS1").tasks("WT1").reservations("WR1").update('
            'reservation_status="rejected", worker_activity_sid="WA1")',
        ),
        (
            {"action": "complete", "task": "WT1", "reservation": "WR1"},
            'client.taskrouter.v1.workspaces("WS1").tasks("WT1").reservations("WR1").update(reservation_status="completed")',
        ),
    ],
    ids=["activity", "accept", "reject", "complete"],
)
def test_control_makes_the_call_it_names(controls, calls, click, code):
    """The code that the learner is shown and the call that is made are the same."""
    call = controls.call_for(click)
    call.run()

    assert call.code == code
    assert calls == [code.removeprefix('client.taskrouter.v1.workspaces("WS1")').replace('"', "'")]


@pytest.mark.parametrize(
    ("click", "code"),
    [
        ({"action": "advance", "seconds": "60"}, "connection.advance(60)"),
        ({"action": "advance", "seconds": 0.25}, "connection.advance(0.25)"),
        ({"action": "advance", "seconds": "1234567"}, "connection.advance(1234567)"),
        ({"action": "next timer"}, "connection.advance(90.5)"),
    ],
    ids=["text", "fraction", "many", "next timer"],
)
def test_clock_moves_by_the_seconds_named(controls, calls, click, code):
    """Also to the next timer it is a plain `advance`, with the seconds counted out."""
    call = controls.call_for(click)
    call.run()

    assert call.code == code
    assert calls == [f"advance {float(code[19:-1])}"]


@pytest.mark.parametrize("seconds", ["", "soon", "-1", "0", "nan", "inf", "1e99", None, []])
def test_impossible_seconds_are_refused(controls, calls, seconds):
    """Time moves forward only; nothing is called."""
    with pytest.raises(ValueError, match="time moves forward only"):
        controls.call_for({"action": "advance", "seconds": seconds})

    assert calls == []


@pytest.mark.parametrize("click", [{}, {"action": "delete"}, {"action": "activity", "worker": 3}, {"action": ["x"]}])
def test_unknown_click_is_refused(controls, click):
    """A page may send anything."""
    with pytest.raises(ValueError, match="The console has no control that asks for"):
        controls.call_for(click)


def test_no_timer_is_told(calls):
    """Where nothing happens by itself there is no next timer to go to."""
    controls = Controls(Recorded(calls), "WS1", calls.append, lambda: WorkspaceSnapshot(ClockFace(NOW, "lesson")))

    with pytest.raises(ValueError, match="No timer runs"):
        controls.call_for({"action": "next timer"})
