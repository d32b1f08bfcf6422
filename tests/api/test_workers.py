"""Workers through the official SDK."""

from __future__ import annotations

import json

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext


@pytest.fixture
def team(workspace: WorkspaceContext, available: str) -> dict[str, str]:
    """SIDs of Alice, who speaks Spanish and is available, and of Bob, who is offline."""
    spanish = json.dumps({"languages": ["en", "es"], "level": 5})
    alice = workspace.workers.create(friendly_name="Alice", attributes=spanish, activity_sid=available)
    bob = workspace.workers.create(friendly_name="Bob", attributes=json.dumps({"languages": ["en"]}))
    return {"Alice": str(alice.sid), "Bob": str(bob.sid)}


def test_new_worker_is_offline(workspace: WorkspaceContext) -> None:
    """Without an activity a worker starts in the workspace's default one, with empty attributes."""
    worker = workspace.workers.create(friendly_name="Alice")

    assert (worker.activity_name, worker.available, worker.attributes) == ("Offline", False, "{}")
    assert worker.links["channels"] == worker.links["worker_channels"] == f"{worker.url}/Channels"


def test_attributes_come_back_compact(workspace: WorkspaceContext) -> None:
    """White space goes, the order of keys stays, other alphabets stay readable."""
    worker = workspace.workers.create(friendly_name="Alice", attributes='{"b": [1, 2],  "a": "\\u00fc"}')

    assert worker.attributes == '{"b":[1,2],"a":"ü"}'


def test_worker_becomes_available(workspace: WorkspaceContext, team: dict[str, str], available: str) -> None:
    """A new activity moves ``date_status_changed``; new attributes do not."""
    bob = workspace.workers(team["Bob"])
    moved = bob.update(activity_sid=available)
    assert (moved.activity_name, moved.available) == ("Available", True)

    renamed = bob.update(attributes="{}")

    assert renamed.date_status_changed == moved.date_status_changed
    assert renamed.date_updated > moved.date_updated


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"activity_name": "Offline"}, ["Bob"]),
        ({"available": "1"}, ["Alice"]),
        ({"available": "false"}, ["Bob"]),
        ({"friendly_name": "Alice"}, ["Alice"]),
        ({"friendly_name": "Ali"}, []),
        ({"task_queue_name": "Spanish"}, ["Alice"]),
        ({"task_queue_name": "Klingon"}, []),
        ({"target_workers_expression": "languages HAS 'en'"}, ["Alice", "Bob"]),
        ({"target_workers_expression": "level > 3 AND activity_name == 'Available'"}, ["Alice"]),
        ({"target_workers_expression": "friendly_name IN ['Bob', 'Carol']"}, ["Bob"]),
        ({"available": "true", "friendly_name": "Bob"}, []),
    ],
)
def test_list_filters(
    workspace: WorkspaceContext, team: dict[str, str], filters: dict[str, str], names: list[str]
) -> None:
    """Each filter narrows the list; several narrow it together."""
    workspace.task_queues.create(friendly_name="Spanish", target_workers="languages HAS 'es'")

    assert [each.friendly_name for each in workspace.workers.list(**filters)] == names


def test_list_filters_by_sids(workspace: WorkspaceContext, team: dict[str, str], available: str) -> None:
    """Queue and activity SIDs filter too; ``sid IN [...]`` works in expressions."""
    queue = workspace.task_queues.create(friendly_name="Spanish", target_workers="languages HAS 'es'")
    expression = f"sid IN ['{team['Alice']}']"

    for filters in (
        {"task_queue_sid": queue.sid},
        {"activity_sid": available},
        {"target_workers_expression": expression},
    ):
        assert [each.sid for each in workspace.workers.list(**filters)] == [team["Alice"]]


def test_list_follows_the_queues(workspace: WorkspaceContext, team: dict[str, str]) -> None:
    """Who is in a queue changes with its expression and with their attributes, and nobody is in one that is gone."""
    queue = workspace.task_queues.create(friendly_name="Spanish", target_workers="languages HAS 'es'")

    def members() -> list[str]:
        return [str(each.friendly_name) for each in workspace.workers.list(task_queue_sid=queue.sid)]

    assert members() == ["Alice"]
    workspace.workers(team["Bob"]).update(attributes=json.dumps({"languages": ["es"]}))
    assert members() == ["Alice", "Bob"]
    queue.update(target_workers="level > 1")
    assert members() == ["Alice"]
    queue.delete()
    assert members() == []


def test_list_is_ordered_by_status_change(workspace: WorkspaceContext, team: dict[str, str], available: str) -> None:
    """``DateStatusChanged:desc`` begins with whoever moved last."""
    workspace.workers(team["Alice"]).update(activity_sid=workspace.fetch().default_activity_sid)
    workspace.workers(team["Bob"]).update(activity_sid=available)

    ordered = workspace.workers.list(ordering="DateStatusChanged:desc")

    assert [each.friendly_name for each in ordered] == ["Bob", "Alice"]


def test_name_is_unique_ignoring_case(workspace: WorkspaceContext, team: dict[str, str]) -> None:
    """``ALICE`` is taken when there is an ``Alice``."""
    with pytest.raises(TwilioRestException, match="Worker with the same friendly name already exists") as refused:
        workspace.workers.create(friendly_name="ALICE")
    assert (refused.value.status, refused.value.code) == (400, 20001)


def test_pending_reservations_are_rejected_only_when_leaving(
    workspace: WorkspaceContext, team: dict[str, str], available: str
) -> None:
    """``RejectPendingReservations`` goes with an unavailable activity only."""
    with pytest.raises(TwilioRestException, match="updating to an Available activity state"):
        workspace.workers(team["Alice"]).update(activity_sid=available, reject_pending_reservations=True)


def test_stale_version_is_refused(workspace: WorkspaceContext, team: dict[str, str]) -> None:
    """``If-Match`` with another version answers 412 / 20412 and changes nothing."""
    alice = workspace.workers(team["Alice"])

    with pytest.raises(TwilioRestException) as refused:
        alice.update(friendly_name="Alicia", if_match='"99"')
    assert (refused.value.status, refused.value.code) == (412, 20412)
    assert alice.fetch().friendly_name == "Alice"


def test_deleted_worker_is_gone(workspace: WorkspaceContext, team: dict[str, str]) -> None:
    """A deleted worker leaves the list, and with it their channels."""
    assert workspace.workers(team["Bob"]).delete()

    assert [each.friendly_name for each in workspace.workers.list()] == ["Alice"]
    with pytest.raises(TwilioRestException, match="not found"):
        workspace.workers(team["Bob"]).worker_channels("default").fetch()
