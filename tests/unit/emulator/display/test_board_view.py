"""The board: what waits, who is offered what, who can take how much."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from helpers.emulator.display.board.board_table import IN_WORDS
from helpers.emulator.display.board.board_view import board_tables
from helpers.emulator.display.board.board_workers import channel_words
from helpers.emulator.display.board.channel_use import ChannelUse
from helpers.emulator.display.board.workspace_snapshot import ClockFace, WorkspaceSnapshot
from helpers.emulator.display.plain_text import words

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
QUEUE_SID = "WQ" + "c3d4" * 8


def created(seconds_ago: int) -> str:
    """How the wire spells that moment."""
    return (NOW - timedelta(seconds=seconds_ago)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture
def snapshot(task, queue, worker):
    """A picture of one TaskQueue with the Tasks given."""

    def take(*ages: int, workers: int = 1, **changes) -> WorkspaceSnapshot:
        tasks = [
            task(sid=f"WT{n:032x}", date_created=created(age), task_queue_sid=QUEUE_SID, **changes)
            for n, age in enumerate(ages)
        ]
        return WorkspaceSnapshot(
            ClockFace(NOW, "lesson"),
            queues=(queue(),),
            tasks={each.sid: each for each in tasks},
            workers={f"WK{n:032x}": worker(sid=f"WK{n:032x}") for n in range(workers)},
        )

    return take


def test_oldest_waiting_task_comes_first(snapshot):
    """In the order they were created, with their age by the clock that counts."""
    text = words(board_tables(snapshot(5, 65, 3700)))

    assert text.index("1 h 1 min") < text.index("1 min 5 s") < text.index("  5 s")


def test_empty_workspace_has_words():
    """Each part says that there is nothing."""
    text = words(board_tables(WorkspaceSnapshot(ClockFace(NOW, "lesson"))))

    assert text.splitlines() == [
        "no TaskQueues in this Workspace",
        "no Tasks in the queues",
        "no open Reservations",
        "no Workers in this Workspace",
    ]


def test_many_are_counted_and_some_are_listed(snapshot):
    """The first of them, and how many more there are."""
    tables = board_tables(snapshot(*range(1000), workers=1000))

    assert [table.title for table in tables[1::2]] == ["Tasks not accepted yet (1000)", "Workers (1000)"]
    assert [table.more for table in tables[1::2]] == [1000 - IN_WORDS] * 2
    assert all(len(table.rows) <= IN_WORDS for table in tables)


def test_names_stay_text(queue):
    """Markup, control and direction characters are spelt out or left as text; nothing is made of them."""
    named = WorkspaceSnapshot(ClockFace(NOW, "lesson"), queues=(queue(friendly_name="<b>\u202eevil\n</b>"),))

    assert board_tables(named)[0].rows[0][0] == "<b>\\u202eevil\\n</b>"


@pytest.mark.parametrize(
    ("channels", "expected"),
    [
        ({("default", 1): [], ("voice", 1): []}, ["default 0 of 1"]),
        ({("default", 1): [], ("chat", 3): ["pending", "pending"]}, ["chat 2 of 3 pending"]),
        (
            {("default", 1): ["wrapping"], ("chat", 3): ["pending", "accepted", "timeout"]},
            ["default 1 of 1 wrapping", "chat 2 of 3: 1 accepted, 1 pending"],
        ),
        ({("chat", 1): ["accepted", "accepted"]}, ["chat 2 of 1 accepted"]),
        ({("fax", 0): []}, ["fax 0 of 0"]),
        ({}, []),
    ],
    ids=["idle", "one in use", "two in use", "lowered below use", "no capacity", "not read yet"],
)
def test_capacity_is_counted_in_tasks(channel, task, reservation, channels, expected):
    """Channels in use, and how: accepted, offered, wrapping up; the default one where nothing is in use."""
    given, tasks, reservations = [], {}, []
    for (name, capacity), statuses in channels.items():
        given.append(channel(name, capacity))
        for status in statuses:
            of = task(sid=f"WT{len(tasks):032x}", task_channel_sid=f"TC {name}")
            tasks[of.sid] = of
            reservations.append(reservation(status, task_sid=of.sid, worker_sid="WK1"))
    somebody_elses = reservation("pending", task_sid=next(iter(tasks), ""), worker_sid="WK2")

    assert channel_words(given, ChannelUse([*reservations, somebody_elses], tasks)) == expected


def test_reserved_task_does_not_wait(snapshot):
    """A Task that is offered to somebody is told of in its TaskQueue, and not counted among those that wait."""
    taken = snapshot(5, 65, 3700)
    first = next(iter(taken.tasks.values()))
    first.assignment_status = "reserved"
    queues, tasks, *_ = board_tables(taken)

    assert queues.rows[0][2:] == ("2", "1")
    assert len(tasks.rows) == 3
