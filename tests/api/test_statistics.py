"""Statistics through the official SDK: windows, filters, and who they are about."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def story(
    workspace: WorkspaceContext, routed: tuple[str, str], available: str, advance: Callable[[float], None]
) -> dict[str, str]:
    """Alice accepts a chat after seven seconds; a second task waits. SIDs of the three."""
    alice = workspace.workers.create(friendly_name="Alice", activity_sid=available)
    accepted = workspace.tasks.create(task_channel="chat", priority=3)
    advance(6)
    workspace.tasks(accepted.sid).reservations.list()[0].update(reservation_status="accepted")
    waiting = workspace.tasks.create(task_channel="chat")
    return {"worker": str(alice.sid), "accepted": str(accepted.sid), "waiting": str(waiting.sid)}


def test_workspace_counts_what_happened(workspace: WorkspaceContext, story: dict[str, str]) -> None:
    """Two tasks created, one reservation accepted after seven seconds."""
    figures = workspace.cumulative_statistics().fetch(split_by_wait_time="5,10")

    assert (figures.tasks_created, figures.reservations_created, figures.reservations_accepted) == (2, 1, 1)
    assert figures.avg_task_acceptance_time == 7
    assert figures.wait_duration_until_accepted == {"avg": 7, "min": 7, "max": 7, "total": 7}
    assert figures.split_by_wait_time["5"]["above"] == {"tasks_canceled": 0, "reservations_accepted": 1}
    assert figures.split_by_wait_time["10"]["below"] == {"tasks_canceled": 0, "reservations_accepted": 1}


def test_workspace_shows_what_is(workspace: WorkspaceContext, story: dict[str, str]) -> None:
    """One task assigned, one pending; one worker available; every activity named."""
    figures = workspace.real_time_statistics().fetch()

    assert (figures.total_tasks, figures.total_workers) == (2, 1)
    assert (figures.tasks_by_status["assigned"], figures.tasks_by_status["pending"]) == (1, 1)
    assert figures.tasks_by_priority == {"0": 1, "3": 1}
    assert figures.longest_task_waiting_sid == story["waiting"]
    activities = {each["friendly_name"]: each["workers"] for each in figures.activity_statistics}
    assert activities == {"Offline": 0, "Available": 1, "Unavailable": 0}


@pytest.mark.parametrize(("channel", "count"), [("chat", 2), ("voice", 0)])
def test_channel_narrows(workspace: WorkspaceContext, story: dict[str, str], channel: str, count: int) -> None:
    """``TaskChannel`` takes a unique name or a SID, in the past and in the present."""
    sid = workspace.task_channels(channel).fetch().sid

    for name in (channel, sid):
        assert workspace.cumulative_statistics().fetch(task_channel=name).tasks_created == count
        assert workspace.real_time_statistics().fetch(task_channel=name).total_tasks == count


def test_window_is_reported_and_obeyed(
    workspace: WorkspaceContext, story: dict[str, str], advance: Callable[[float], None]
) -> None:
    """Fifteen minutes unless said; dates win over minutes."""
    advance(16 * 60)
    assert workspace.cumulative_statistics().fetch().tasks_created == 0
    assert workspace.cumulative_statistics().fetch(minutes=30).tasks_created == 2

    figures = workspace.cumulative_statistics().fetch(start_date=START, minutes=1)

    assert (figures.start_time, figures.tasks_created) == (START, 2)


def test_queue_and_workflow_agree(workspace: WorkspaceContext, story: dict[str, str], routed: tuple[str, str]) -> None:
    """What entered the only workflow entered the only queue."""
    queue, workflow = workspace.task_queues(routed[0]), workspace.workflows(routed[1])

    assert queue.cumulative_statistics().fetch().tasks_entered == 2
    assert workflow.cumulative_statistics().fetch().tasks_entered == 2
    present = queue.real_time_statistics().fetch()
    assert (present.total_eligible_workers, present.total_available_workers) == (1, 1)
    assert workflow.real_time_statistics().fetch().total_tasks == 2


def test_combined_holds_both(workspace: WorkspaceContext, story: dict[str, str], routed: tuple[str, str]) -> None:
    """``Statistics`` is cumulative and real-time in one."""
    figures = workspace.task_queues(routed[0]).statistics().fetch()

    assert figures.cumulative["tasks_entered"] == figures.realtime["total_tasks"] == 2
    assert figures.cumulative["start_time"] < figures.cumulative["end_time"]


def test_queues_are_listed_with_their_figures(
    workspace: WorkspaceContext, story: dict[str, str], routed: tuple[str, str]
) -> None:
    """The list pages and filters as any other."""
    workspace.task_queues.create(friendly_name="Second")
    found = workspace.task_queues.statistics.list(page_size=1)
    assert [each.cumulative["tasks_entered"] for each in found] == [2, 0]

    (only,) = workspace.task_queues.statistics.list(friendly_name="Everybody")

    assert (only.task_queue_sid, only.realtime["total_tasks"]) == (routed[0], 2)


def test_workers_and_one_worker_agree(
    workspace: WorkspaceContext, story: dict[str, str], advance: Callable[[float], None]
) -> None:
    """With one worker the figures of all are hers; her time adds up."""
    advance(60)
    everybody = workspace.workers.cumulative_statistics().fetch()
    alice = workspace.workers(story["worker"]).statistics().fetch().cumulative

    assert everybody.reservations_accepted == alice["reservations_accepted"] == 1
    assert everybody.activity_durations == alice["activity_durations"]
    times = {each["friendly_name"]: each["total"] for each in alice["activity_durations"]}
    assert times["Available"] >= 66
    assert times["Offline"] == 0


@pytest.mark.parametrize(
    ("filters", "workers"),
    [({}, 2), ({"friendly_name": "Bob"}, 1), ({"task_queue_name": "Everybody"}, 2), ({"task_queue_name": "None"}, 0)],
)
def test_workers_statistics_filter(
    workspace: WorkspaceContext, story: dict[str, str], filters: dict[str, str], workers: int
) -> None:
    """Name and queue narrow down whose statistics they are."""
    workspace.workers.create(friendly_name="Bob")

    assert workspace.workers.statistics().fetch(**filters).realtime["total_workers"] == workers


def test_large_workspace_has_no_workers_statistics(workspace: WorkspaceContext, ask) -> None:
    """Above 100 workers the statistics of all are refused, those of one are not."""
    base = f"/v1/Workspaces/{workspace.fetch().sid}/Workers"
    sids = [ask("POST", base, f"FriendlyName=Worker{number}").json["sid"] for number in range(101)]

    for kind in ("Statistics", "RealTimeStatistics", "CumulativeStatistics"):
        answer = ask("GET", f"{base}/{kind}")
        assert (answer.status, answer.json["code"]) == (400, 20001)
    assert ask("GET", f"{base}/{sids[0]}/Statistics").status == 200


@pytest.mark.reference("9.2g")
@pytest.mark.parametrize("name", ["queueSids", "QueueSids"])
def test_bulk_has_zeros_for_unknown_queues(
    workspace: WorkspaceContext, routed: tuple[str, str], ask, name: str
) -> None:
    """The body is JSON, spelled as in the documentation's example or as in its table."""
    workspace.workers.create(friendly_name="Bob")
    path = f"/v1/Workspaces/{workspace.fetch().sid}/TaskQueues/RealTimeStatistics"
    unknown = "WQ" + "0" * 32
    answer = ask("POST", path, json.dumps({name: [routed[0], unknown]}), content_type="application/json")
    known, zeros = answer.json["task_queue_data"]

    assert (answer.status, answer.json["task_queue_response_count"]) == (200, 2)
    assert (known["task_queue_sid"], zeros["task_queue_sid"]) == (routed[0], unknown)
    assert known["total_eligible_workers"] > 0
    assert [value for key, value in zeros.items() if key.startswith("total")] == [0, 0, 0]
    assert {each["workers"] for each in zeros["activity_statistics"]} == {0}


TOO_MANY = json.dumps({"queueSids": ["WQ" + "0" * 32] * 51})


@pytest.mark.parametrize(
    "sids",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"queueSids": []}',
        '{"queueSids": "WQ"}',
        '{"queueSids": ["Everybody"]}',
        TOO_MANY,
        "[" * 60_000,
    ],
)
def test_broken_bulk_is_refused(workspace: WorkspaceContext, ask, sids: str) -> None:
    """What is not such a document answers 400 / 20001."""
    path = f"/v1/Workspaces/{workspace.fetch().sid}/TaskQueues/RealTimeStatistics"
    answer = ask("POST", path, sids, content_type="application/json")

    assert (answer.status, answer.json["code"]) == (400, 20001)


def test_huge_bulk_is_refused(workspace: WorkspaceContext, ask) -> None:
    """It would have to be read in one go, before anybody else is answered."""
    path = f"/v1/Workspaces/{workspace.fetch().sid}/TaskQueues/RealTimeStatistics"
    answer = ask("POST", path, '{"queueSids": [' + "[]," * 30_000 + "[]]}", content_type="application/json")

    assert (answer.status, answer.json["message"]) == (413, "Request body is larger than 65536 bytes")


@pytest.mark.parametrize("query", ["SplitByWaitTime=soon", "SplitByWaitTime=5,,10", "Minutes=43201", "StartDate=x"])
def test_broken_windows_are_refused(workspace: WorkspaceContext, ask, query: str) -> None:
    """Windows and thresholds have rules."""
    answer = ask("GET", f"/v1/Workspaces/{workspace.fetch().sid}/CumulativeStatistics?{query}")

    assert (answer.status, answer.json["code"]) == (400, 20001)


def test_unknown_parents_are_not_found(workspace: WorkspaceContext) -> None:
    """Statistics of nothing answer 404."""
    for context in (workspace.task_queues("WQ1"), workspace.workflows("WW1"), workspace.workers("WK1")):
        with pytest.raises(TwilioRestException, match="not found"):
            context.statistics().fetch()
