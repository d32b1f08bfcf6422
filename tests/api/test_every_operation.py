"""One story that uses all 61 operations through the official SDK, and looks at every property it gets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from twilio.rest import Client
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext

from helpers.emulator.api.contract.schemas import SCHEMAS
from helpers.emulator.api.operations import OPERATIONS
from tests.worlds.desk import configuration


class Album:
    """Keeps every instance the SDK gives back, by the schema of its answer."""

    def __init__(self) -> None:
        self.instances: dict[str, list[Any]] = {}

    def keep(self, schema: str, *instances: Any) -> Any:
        """Keep some, and give back the last."""
        self.instances.setdefault(schema, []).extend(instances)
        return instances[-1]


class Bulk:
    """The body of the bulk statistics."""

    def __init__(self, *task_queue_sids: str) -> None:
        self.task_queue_sids = task_queue_sids

    def to_dict(self) -> dict[str, list[str]]:
        """As the SDK's models do."""
        return {"queueSids": list(self.task_queue_sids)}


@pytest.fixture
def album(client: Client) -> Album:
    """Everything the SDK gave back while the whole story was told."""
    album = Album()
    workspaces = client.taskrouter.v1.workspaces
    workspace = album.keep("workspace", workspaces.create(friendly_name="Care Desk", template="NONE"))
    room = workspaces(workspace.sid)
    tell_of_rooms(album, workspaces, room)
    tell_of_routing(album, room)
    tell_of_work(album, room)
    tell_of_figures(album, room)
    clear_up(room)
    assert album.instances.keys() == SCHEMAS.keys()
    return album


def tell_of_rooms(album: Album, workspaces: Any, room: WorkspaceContext) -> None:
    """The workspace, its activities and its channels."""
    lunch = album.keep("activity", room.activities.create(friendly_name="Lunch", available=False))
    album.keep("activity", *room.activities.list(), room.activities(lunch.sid).fetch())
    album.keep("activity", room.activities(lunch.sid).update(friendly_name="Break"))
    url = "https://app.example/events"
    album.keep("workspace", room.update(event_callback_url=url, events_filter="task.created"))
    album.keep("workspace", *workspaces.list(friendly_name="Care Desk"), room.fetch())
    channel = room.task_channels.create(friendly_name="Mail", unique_name="mail", channel_optimized_routing=True)
    album.keep("task_channel", channel, room.task_channels("mail").fetch(), *room.task_channels.list())
    album.keep("task_channel", room.task_channels("mail").update(friendly_name="E-mail"))


def tell_of_routing(album: Album, room: WorkspaceContext) -> None:
    """Workers, queues and a workflow."""
    idle = room.activities.list(friendly_name="Available")[0]
    alice = album.keep("worker", room.workers.create(friendly_name="Alice", attributes='{"languages":["es"]}'))
    album.keep("worker", *room.workers.list(), room.workers(alice.sid).fetch())
    album.keep("worker", room.workers(alice.sid).update(activity_sid=idle.sid))
    channels = room.workers(alice.sid).worker_channels
    album.keep("worker_channel", *channels.list(), channels("chat").update(capacity=3), channels("chat").fetch())
    queue = room.task_queues.create(
        friendly_name="Spanish", reservation_activity_sid=idle.sid, assignment_activity_sid=idle.sid
    )
    album.keep("task_queue", queue, *room.task_queues.list(), room.task_queues(queue.sid).fetch())
    album.keep("task_queue", room.task_queues(queue.sid).update(target_workers="languages HAS 'es'"))
    workflow = room.workflows.create(
        friendly_name="Care",
        configuration=configuration(default=queue.sid),
        assignment_callback_url="https://app.example/assignment",
        fallback_assignment_callback_url="https://app.example/fallback",
    )
    album.keep("workflow", workflow, *room.workflows.list(), room.workflows(workflow.sid).fetch())
    album.keep("workflow", room.workflows(workflow.sid).update(task_reservation_timeout=60))


def tell_of_work(album: Album, room: WorkspaceContext) -> None:
    """Tasks, their reservations on both paths, and what is recorded of them."""
    alice = room.workers.list()[0]
    task = album.keep("task", room.tasks.create(routing_target=alice.sid, ignore_capacity="False"))
    by_task, by_worker = room.tasks(task.sid).reservations, room.workers(alice.sid).reservations
    album.keep("reservation", *by_task.list(), *by_worker.list())
    sid = by_task.list()[0].sid
    album.keep("reservation", by_task(sid).fetch(), by_worker(sid).fetch())
    album.keep("reservation", by_task(sid).update(reservation_status="accepted"))
    album.keep("reservation", by_worker(sid).update(reservation_status="wrapping"))
    ended = room.tasks(task.sid).update(assignment_status="completed", reason="done")
    album.keep("task", ended, room.tasks.create(attributes="{}"), *room.tasks.list(), room.tasks(task.sid).fetch())
    events = album.keep("event", *room.events.list())
    album.keep("event", room.events(events.sid).fetch())


def tell_of_figures(album: Album, room: WorkspaceContext) -> None:
    """All statistics, while one task waits."""
    alice, queue, workflow = room.workers.list()[0], room.task_queues.list()[0], room.workflows.list()[0]
    room.workers(alice.sid).update(activity_sid=room.fetch().default_activity_sid)
    room.tasks(room.tasks.list(assignment_status=["reserved"])[0].sid).reservations.list()[0].update(
        reservation_status="rejected"
    )
    split = {"split_by_wait_time": "5,10"}
    for name, scope in (("workspace", room), ("workflow", room.workflows(workflow.sid))):
        album.keep(f"{name}_cumulative_statistics", scope.cumulative_statistics().fetch(**split))
        album.keep(f"{name}_real_time_statistics", scope.real_time_statistics().fetch())
        album.keep(f"{name}_statistics", scope.statistics().fetch(**split))
    of_queue = room.task_queues(queue.sid)
    album.keep("task_queue_cumulative_statistics", of_queue.cumulative_statistics().fetch(**split))
    album.keep("task_queue_real_time_statistics", of_queue.real_time_statistics().fetch())
    album.keep("task_queue_statistics", of_queue.statistics().fetch(**split))
    album.keep("task_queues_statistics", *room.task_queues.statistics.list(**split))
    album.keep(
        "task_queue_bulk_real_time_statistics", room.task_queues.bulk_real_time_statistics.create(Bulk(queue.sid))
    )
    album.keep("worker_statistics", room.workers.statistics().fetch())
    album.keep("workers_cumulative_statistics", room.workers.cumulative_statistics().fetch())
    album.keep("workers_real_time_statistics", room.workers.real_time_statistics().fetch())
    album.keep("worker_instance_statistics", room.workers(alice.sid).statistics().fetch())


def clear_up(room: WorkspaceContext) -> None:
    """Delete all that can be deleted, one by one, and the workspace last."""
    for kind in ("tasks", "workflows", "workers"):
        for each in getattr(room, kind).list():
            assert each.delete()
    for queue in room.task_queues.list():
        assert queue.delete()
    assert room.activities.list(friendly_name="Break")[0].delete()
    assert room.task_channels("mail").delete()
    assert room.delete()


def test_story_uses_every_operation(album: Album, app: Any) -> None:
    """All 61 operations answered."""
    assert app.answered == {each.name for each in OPERATIONS}


ALWAYS_NULL = {("workflow", "document_content_type")}
"""What no recording shows a value of."""


def test_every_property_is_set(album: Album) -> None:
    """Each property of each instance class held a value, and is None only where it may be."""
    for name, schema in SCHEMAS.items():
        for key, about in schema.items():
            values = [getattr(each, key) for each in album.instances[name]]
            was_set = any(value is not None for value in values)
            assert was_set is ((name, key) not in ALWAYS_NULL), f"{name}.{key}"
            assert about.is_nullable or None not in values, f"{name}.{key} was None"


def test_dates_arrive_as_dates(album: Album) -> None:
    """What ends in a date is read by the SDK as one."""
    for name, instances in album.instances.items():
        for each in instances:
            dates = [value for key, value in vars(each).items() if key.startswith("date_") or key.endswith("_date")]
            assert all(isinstance(value, datetime) or value is None for value in dates), name
