"""Facts about refused requests: HTTP status and Twilio's code."""

from __future__ import annotations

import pytest
import requests
from twilio.base.exceptions import TwilioRestException

NOBODY = "WK" + "0" * 32


def refused(call):
    """Status and code of the refusal that a call meets."""
    with pytest.raises(TwilioRestException) as raised:
        call()
    return raised.value.status, raised.value.code


def test_unknown_sid(workspace):
    """A SID that nobody has is not found."""
    assert refused(workspace.workers(NOBODY).fetch) == (404, 20404)


def test_worker_without_name(workspace):
    """A required parameter that is empty is a bad request."""
    assert refused(lambda: workspace.workers.create(friendly_name=""))[0] == 400


def test_name_that_is_taken(workspace):
    """Two Workers of one Workspace can't have the same name."""
    assert refused(lambda: workspace.workers.create(friendly_name="Alice"))[0] == 400


@pytest.mark.parametrize("attributes", ["{'language': 'es'}", '{"language": "es"', "es"])
def test_attributes_that_are_no_json(workspace, story, attributes):
    """Attributes are JSON."""
    call = lambda: workspace.workers(story.alice_sid).update(attributes=attributes)  # noqa: E731

    assert refused(call) == (400, 20001)


def test_expression_that_does_not_parse(workspace):
    """A TaskQueue's expression is parsed when it is created."""
    call = lambda: workspace.task_queues.create(friendly_name="Broken", target_workers="languages HAS")  # noqa: E731

    assert refused(call)[0] == 400


def test_configuration_that_is_no_json(workspace, story):
    """So is a Workflow's configuration."""
    assert refused(lambda: workspace.workflows(story.workflow_sid).update(configuration="{"))[0] == 400


def test_activity_that_is_a_name(workspace, story):
    """An Activity is named by its SID."""
    assert refused(lambda: workspace.workers(story.alice_sid).update(activity_sid="Idle"))[0] == 400


def test_status_that_does_not_exist(desk, create_task):
    """British cancelled isn't Twilio's canceled."""
    task = create_task()

    assert refused(lambda: desk.tasks(task.sid).update(assignment_status="cancelled"))[0] == 400


def test_completing_what_nobody_accepted(desk, create_task):
    """Only an assigned Task can be completed."""
    task = create_task()

    assert refused(lambda: desk.tasks(task.sid).update(assignment_status="completed"))[0] == 400


def test_outdated_version(desk, create_task):
    """An update that expects another version is refused as a failed precondition."""
    task = create_task()

    assert refused(lambda: desk.tasks(task.sid).update(if_match="99", attributes="{}"))[0] == 412


def test_queue_in_use(workspace, story):
    """A TaskQueue that a Workflow leads to can't be deleted."""
    assert refused(workspace.task_queues(story.spanish_queue_sid).delete)[0] == 400


def test_wrong_token(place):
    """Credentials that don't belong together are unauthorized."""
    answer = requests.get(f"{place.base_url}/v1/Workspaces", auth=(place.account_sid, "0" * 32), timeout=30)

    assert (answer.status_code, answer.json()["code"]) == (401, 20003)


def test_shape_of_an_error(place, story):
    """Code, message, a link, and the status again."""
    url = f"{place.base_url}/v1/Workspaces/{story.workspace_sid}/Workers/{NOBODY}"
    answer = requests.get(url, auth=(place.account_sid, place.auth_token.reveal()), timeout=30).json()

    assert answer.keys() >= {"code", "message", "more_info", "status"}
    assert answer["status"] == 404
