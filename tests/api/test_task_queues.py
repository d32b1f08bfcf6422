"""TaskQueues through the official SDK."""

from __future__ import annotations

import json

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext


def test_new_queue_has_defaults(workspace: WorkspaceContext) -> None:
    """A queue takes everybody, one at a time, in order, and moves nobody."""
    queue = workspace.task_queues.create(friendly_name="Everybody")

    assert (queue.target_workers, queue.max_reserved_workers, queue.task_order) == ("1==1", 1, "FIFO")
    assert (queue.reservation_activity_sid, queue.assignment_activity_name) == (None, None)
    assert (queue.links["reservation_activity"], queue.links["assignment_activity"]) == (None, None)


def test_queue_names_its_activities(workspace: WorkspaceContext) -> None:
    """Activities given by SID come back with their names; an empty SID takes them away."""
    lunch = workspace.activities.create(friendly_name="Lunch")
    queue = workspace.task_queues.create(friendly_name="All", assignment_activity_sid=lunch.sid)
    assert (queue.assignment_activity_name, queue.links["assignment_activity"]) == ("Lunch", lunch.url)

    assert workspace.task_queues(queue.sid).update(assignment_activity_sid="").assignment_activity_sid is None


def test_empty_target_workers_is_kept(workspace: WorkspaceContext, available: str) -> None:
    """An explicitly empty expression is not the default: nobody is in the queue."""
    worker = workspace.workers.create(friendly_name="Alice", activity_sid=available)
    queue = workspace.task_queues.create(friendly_name="Nobody", target_workers="")

    assert queue.target_workers == ""
    assert workspace.task_queues.list(worker_sid=worker.sid) == []


def test_list_filters_by_worker(workspace: WorkspaceContext) -> None:
    """``WorkerSid`` and ``EvaluateWorkerAttributes`` find the queues such a worker is in."""
    workspace.task_queues.create(friendly_name="Spanish", target_workers="languages HAS 'es'")
    workspace.task_queues.create(friendly_name="English", target_workers="languages HAS 'en'")
    attributes = json.dumps({"languages": ["es"]})
    alice = workspace.workers.create(friendly_name="Alice", attributes=attributes)

    assert [each.friendly_name for each in workspace.task_queues.list(worker_sid=alice.sid)] == ["Spanish"]
    by_attributes = workspace.task_queues.list(evaluate_worker_attributes=attributes)
    assert [each.friendly_name for each in by_attributes] == ["Spanish"]


def test_list_is_ordered_by_date_updated(workspace: WorkspaceContext) -> None:
    """``DateUpdated:desc`` begins with what changed last."""
    first = workspace.task_queues.create(friendly_name="first")
    workspace.task_queues.create(friendly_name="second")
    workspace.task_queues(first.sid).update(max_reserved_workers=2)

    ordered = workspace.task_queues.list(ordering="DateUpdated:desc")

    assert [each.friendly_name for each in ordered] == ["first", "second"]


def test_update_changes_the_expression(workspace: WorkspaceContext) -> None:
    """Updates apply to what is given."""
    queue = workspace.task_queues.create(friendly_name="Spanish", target_workers="languages HAS 'es'")
    updated = workspace.task_queues(queue.sid).update(target_workers="level > 3", task_order="LIFO")

    assert (updated.target_workers, updated.task_order, updated.friendly_name) == ("level > 3", "LIFO", "Spanish")


def test_duplicate_name_is_refused_in_twilios_words(workspace: WorkspaceContext) -> None:
    """Queue names are unique in a workspace."""
    workspace.task_queues.create(friendly_name="Spanish")

    with pytest.raises(TwilioRestException, match="Queue named Spanish already exists for workspace WS") as refused:
        workspace.task_queues.create(friendly_name="Spanish")
    assert (refused.value.status, refused.value.code) == (400, 20001)


def test_queue_in_use_cannot_be_deleted(workspace: WorkspaceContext, routed: tuple[str, str]) -> None:
    """A workflow that leads to the queue keeps it; afterwards it can go."""
    queue_sid, workflow_sid = routed
    with pytest.raises(TwilioRestException, match="refers to it"):
        workspace.task_queues(queue_sid).delete()

    workspace.workflows(workflow_sid).delete()

    assert workspace.task_queues(queue_sid).delete()
