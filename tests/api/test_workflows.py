"""Workflows through the official SDK."""

from __future__ import annotations

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext

from tests.worlds.desk import configuration


def test_new_workflow_has_defaults(workspace: WorkspaceContext, routed: tuple[str, str]) -> None:
    """Two minutes to answer, no callbacks, the configuration compact."""
    workflow = workspace.workflows.create(friendly_name="Care", configuration=configuration(default=routed[0]))

    assert workflow.task_reservation_timeout == 120
    assert (workflow.assignment_callback_url, workflow.fallback_assignment_callback_url) == (None, None)
    assert workflow.configuration == f'{{"task_routing":{{"filters":[],"default_filter":{{"queue":"{routed[0]}"}}}}}}'


def test_links_lead_to_the_statistics(workspace: WorkspaceContext, routed: tuple[str, str]) -> None:
    """All four links are there."""
    workflow = workspace.workflows(routed[1]).fetch()

    assert set(workflow.links) == {"workspace", "statistics", "real_time_statistics", "cumulative_statistics"}
    assert workflow.links["cumulative_statistics"] == f"{workflow.url}/CumulativeStatistics"


def test_update_sets_and_clears_urls(workspace: WorkspaceContext, routed: tuple[str, str]) -> None:
    """URLs are kept as given; an empty one is no URL."""
    url = "http://127.0.0.1:5000/assignment_callback"
    workflow = workspace.workflows(routed[1])
    assert workflow.update(assignment_callback_url=url, task_reservation_timeout=30).assignment_callback_url == url

    cleared = workflow.update(assignment_callback_url="")

    assert (cleared.assignment_callback_url, cleared.task_reservation_timeout) == (None, 30)


def test_list_filters_by_name(workspace: WorkspaceContext, routed: tuple[str, str]) -> None:
    """``FriendlyName`` is an exact match."""
    assert [each.sid for each in workspace.workflows.list(friendly_name="Everything")] == [routed[1]]
    assert workspace.workflows.list(friendly_name="Every") == []


def test_tasks_are_evaluated_anew_on_request(workspace: WorkspaceContext, routed: tuple[str, str]) -> None:
    """Waiting tasks follow the old document unless ``ReEvaluateTasks`` is true."""
    other = workspace.task_queues.create(friendly_name="Other")
    task = workspace.tasks.create(attributes="{}")
    workspace.workflows(routed[1]).update(configuration=configuration(default=other.sid))
    assert workspace.tasks(task.sid).fetch().task_queue_sid == routed[0]

    workspace.workflows(routed[1]).update(re_evaluate_tasks="true")

    assert workspace.tasks(task.sid).fetch().task_queue_sid == other.sid


@pytest.mark.parametrize("text", ["", "not JSON", "[]", '{"filters": []}', '{"task_routing":{"default_filter":{}}}'])
def test_broken_configuration_is_refused(workspace: WorkspaceContext, text: str) -> None:
    """What is not a workflow document answers 400 / 20001."""
    with pytest.raises(TwilioRestException, match="onfiguration") as refused:
        workspace.workflows.create(friendly_name="Care", configuration=text)
    assert (refused.value.status, refused.value.code) == (400, 20001)


def test_deleted_workflow_is_gone(workspace: WorkspaceContext, routed: tuple[str, str]) -> None:
    """A workflow without tasks can be deleted."""
    assert workspace.workflows(routed[1]).delete()

    assert workspace.workflows.list() == []
