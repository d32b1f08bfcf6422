"""Reference 10 and 11: the shape of errors, and what is too much."""

from __future__ import annotations

from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from helpers.emulator.engine.commands import activities, task_queues, workers
from tests.worlds.desk import Desk


def refused(call: Any, *args: Any, **given: Any) -> TwilioRestException:
    """The error of a call that must fail."""
    with pytest.raises(TwilioRestException) as caught:
        call(*args, **given)
    return caught.value


@pytest.mark.reference("10a")
def test_error_body_is_twilios(desk: Desk) -> None:
    """Code, message, status, and where to read more."""
    auth = desk.client.auth
    url = f"{desk.workspace.fetch().url}/Workers"
    answer = desk.http.request("POST", url, auth=auth)

    expected = '{"code":20001,"message":"FriendlyName field is required",'
    assert answer.text == expected + '"more_info":"https://www.twilio.com/docs/errors/20001","status":400}'


@pytest.mark.reference("10c", "10d")
def test_missing_resource_names_its_path(desk: Desk) -> None:
    """404 / 20404."""
    error = refused(desk.workspace.tasks("WT" + "0" * 32).fetch)

    assert (error.status, error.code) == (404, 20404)
    assert f"The requested resource {error.uri} was not found" in error.msg


@pytest.mark.reference("10f")
def test_invalid_activity_is_named(desk: Desk) -> None:
    """The message of the 400 contains the value."""
    error = refused(desk.worker("Alice").update, activity_sid="WA" + "f" * 32)

    assert (error.status, error.code) == (400, 20001)
    assert "WA" + "f" * 32 in error.msg


@pytest.mark.reference("11h")
@pytest.mark.parametrize("kind", ["activities", "workers", "task_channels"])
def test_names_have_64_characters(desk: Desk, kind: str) -> None:
    """Not one more."""
    more = {"unique_name": "more"} if kind == "task_channels" else {}
    create = getattr(desk.workspace, kind).create

    assert create(friendly_name="é" * 64, **more).friendly_name == "é" * 64
    assert refused(create, friendly_name="e" * 65, **more).status == 400


@pytest.mark.reference("11c")
def test_tasks_wait_two_weeks_at_most(desk: Desk) -> None:
    """1,209,600 seconds."""
    desk.workflow(default=desk.queue())

    assert desk.task(timeout=1_209_600).fetch().timeout == 1_209_600
    assert refused(desk.task, timeout=1_209_601).status == 400


@pytest.mark.reference("11l")
@pytest.mark.parametrize(
    ("command", "group", "most"),
    [(workers, "workers", 15_000), (task_queues, "task_queues", 5_000), (activities, "activities", 100)],
)
def test_workspace_holds_only_so_many(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, command: Any, group: str, most: int
) -> None:
    """The documented numbers stand in the code, and are kept; tried with three, to be quick."""
    (name,) = (each for each in vars(command) if each.startswith("_MAX_"))
    assert getattr(command, name) == most
    present = len(getattr(desk.workspace, group).list())
    monkeypatch.setattr(command, name, present + 3)
    for number in range(3):
        getattr(desk.workspace, group).create(friendly_name=f"Number {number}")

    assert refused(getattr(desk.workspace, group).create, friendly_name="One more").status == 400
