"""The clock, and what the next timer will do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from helpers.emulator.display.board.clock_view import clock_sentences
from helpers.emulator.display.board.workspace_snapshot import ClockFace, Timer, WorkspaceSnapshot
from helpers.emulator.display.durations import span

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TASK_SID = "WT" + "3f9a" * 8


def face(purpose: str, sid: str = TASK_SID) -> ClockFace:
    """A lesson's clock, with a timer in twenty minutes."""
    return ClockFace(NOW, "lesson", Timer(NOW + timedelta(minutes=20), purpose, sid))


@pytest.mark.parametrize(
    ("name", "available", "words"),
    [
        ("Offline", False, ", and Alice becomes Offline."),
        ("Idle", True, ". The timeout Activity Idle is available, so TaskRouter can offer Alice the Task again."),
    ],
)
def test_reservation_timeout_names_who_and_what_follows(reservation, name, available, words):
    """Whose Reservation it is, the Activity that the Workspace gives then, and what comes of it."""
    offered = reservation()
    snapshot = WorkspaceSnapshot(
        face("reservation timeout", offered.sid),
        workspace=SimpleNamespace(timeout_activity_sid="WA1"),
        activities=(SimpleNamespace(sid="WA1", friendly_name=name, available=available),),
        reservations={TASK_SID: (offered,)},
    )

    assert clock_sentences(snapshot) == [
        "Lesson time: Mon 2 Mar 2026, 09:00:00.",
        f"Next timer, in 20 min, at 09:20:00: Reservation WR0001… of Alice times out{words}",
    ]


@pytest.mark.parametrize(
    ("purpose", "status", "words"),
    [
        ("step timeout", "pending", "Task WT3f9a… reaches the timeout of its Workflow step and leaves it"),
        ("task timeout", "pending", "is canceled"),
        ("removal", "completed", "5 min after their end"),
        ("removal", "assigned", "nobody completed it within 24 h"),
        ("time of day", "pending", "read the time of day"),
        ("callback", "pending", "delayed is sent"),
        ("something new", "pending", "something new of WT"),
    ],
)
def test_each_timer_says_what_it_will_do(task, purpose, status, words):
    """Before anybody lets it happen."""
    snapshot = WorkspaceSnapshot(face(purpose), tasks={TASK_SID: task(status)})

    assert words in clock_sentences(snapshot)[1]


def test_timer_of_another_day_says_which():
    """A time alone would be taken for today's."""
    timer = Timer(NOW + timedelta(hours=20), "time of day", "WS1")

    assert (
        "in 20 h, at Tue 3 Mar 2026, 05:00:00:"
        in clock_sentences(WorkspaceSnapshot(ClockFace(NOW, "lesson", timer)))[1]
    )


def test_no_timer_is_said():
    """Then there is nothing to jump to."""
    snapshot = WorkspaceSnapshot(ClockFace(NOW, "lesson"))

    assert clock_sentences(snapshot)[1] == "No timers are running. Nothing happens until you change something."


def test_live_time_is_twilios():
    """Nobody here can move it."""
    live = WorkspaceSnapshot(ClockFace.of(None, NOW))

    assert clock_sentences(live) == [
        "Twilio's time: Mon 2 Mar 2026, 09:00:00.",
        "This is Twilio's time. You can't advance it.",
    ]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (-3, "0 s"),
        (59.6, "1 min"),
        (65, "1 min 5 s"),
        (1200, "20 min"),
        (3605, "1 h 5 s"),
        (90061, "25 h 1 min"),
        (1_209_600, "14 d"),
    ],
)
def test_spans_have_two_units_at_most(seconds, text):
    """Short enough for a row; days begin with the second."""
    assert span(seconds) == text


@pytest.mark.parametrize(("seconds", "text"), [(0, "0 s"), (0.25, "0.25 s"), (3800.5, "1 h 3 min 20.5 s")])
def test_exact_spans_leave_nothing_out(seconds, text):
    """A record has all units, and parts of a second."""
    assert span(seconds, exact=True) == text
