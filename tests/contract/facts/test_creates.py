"""Facts about what a new resource is like, and how lists are read."""

from __future__ import annotations

import json

import requests


def test_activities_of_a_new_workspace(workspace):
    """Three come with it, beside those that the tutorial adds."""
    found = {each.friendly_name: each.available for each in workspace.activities.list()}

    assert found.items() >= {"Offline": False, "Available": True, "Unavailable": False}.items()


def test_workspace_defaults(workspace):
    """It is multitasking, takes Tasks in their order, and calls nobody back."""
    found = workspace.fetch()

    assert (found.multi_task_enabled, found.prioritize_queue_order) == (True, "FIFO")
    assert not found.event_callback_url
    assert (found.default_activity_name, found.timeout_activity_name) == ("Offline", "Offline")


def test_worker_defaults(workspace, story):
    """A new Worker has the Workspace's default Activity, which isn't available."""
    found = workspace.workers(story.alice_sid).fetch()

    assert (found.activity_name, found.available) == ("Offline", False)
    assert json.loads(found.attributes) == {"languages": ["en", "es"]}


def test_worker_without_attributes(workspace):
    """Attributes that aren't given are an empty object."""
    worker = workspace.workers.create(friendly_name="Nobody")

    assert worker.attributes == "{}"
    assert workspace.workers(worker.sid).delete()


def test_task_defaults(create_task):
    """Priority 0, a day to live, and pending at first."""
    task = create_task()

    assert (task.priority, task.timeout, task.assignment_status, task.reason) == (0, 86400, "pending", None)
    assert task.task_channel_unique_name == "default"


def test_task_of_the_only_workflow(desk, create_task, story):
    """Without a Workflow the Workspace's only one matches the Task."""
    task = desk.tasks.create(attributes="{}")

    assert task.workflow_sid == story.workflow_sid


def test_queue_defaults(workspace, story):
    """One Worker is reserved at a time, the oldest Task first."""
    found = workspace.task_queues(story.spanish_queue_sid).fetch()

    assert (found.max_reserved_workers, found.task_order) == (1, "FIFO")
    assert found.target_workers == 'languages HAS "es"'


def test_channels_of_a_new_workspace(workspace):
    """These TaskChannels come with it, perhaps with more."""
    assert {each.unique_name for each in workspace.task_channels.list()} >= {"default", "voice", "chat", "sms"}


def test_capacity_of_a_new_worker(workspace, story):
    """One Task at a time in the default TaskChannel, all of it free."""
    channel = workspace.workers(story.bob_sid).worker_channels("default").fetch()

    assert (channel.configured_capacity, channel.assigned_tasks, channel.available) == (1, 0, True)


def test_pages(workspace, place):
    """A page has as many as asked for, and leads to the next one; the last one leads nowhere."""
    workers = workspace.workers
    first = workers.page(page_size=1)
    rest = workers.get_page(first.next_page_url)

    names = [each.friendly_name for page in (first, rest) for each in page]
    assert sorted(names) == ["Alice", "Bob"]
    assert rest.next_page_url is None


def test_shape_of_a_list(workspace, story, place):
    """The records stand under the name that `meta.key` says."""
    answer = requests.get(
        f"{place.base_url}/v1/Workspaces/{story.workspace_sid}/Workers",
        params={"PageSize": 1},
        auth=(place.account_sid, place.auth_token.reveal()),
        timeout=30,
    ).json()

    assert answer["meta"]["key"] == "workers"
    assert len(answer["workers"]) == answer["meta"]["page_size"] == 1
    assert answer["meta"].keys() >= {"first_page_url", "next_page_url", "previous_page_url", "url", "page"}


def test_filter_by_name(workspace, story):
    """A list filtered by name has that one alone."""
    assert [each.sid for each in workspace.workers.list(friendly_name="Bob")] == [story.bob_sid]


def test_workers_of_a_queue(workspace, story):
    """Whom a TaskQueue's expression matches can be listed by its SID."""
    found = workspace.workers.list(task_queue_sid=story.spanish_queue_sid)

    assert [each.friendly_name for each in found] == ["Alice"]


def test_workers_by_expression(workspace):
    """An expression on attributes selects Workers."""
    found = workspace.workers.list(target_workers_expression='languages HAS "en"')

    assert sorted(each.friendly_name for each in found) == ["Alice", "Bob"]
