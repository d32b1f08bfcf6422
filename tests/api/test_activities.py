"""Activities through the official SDK."""

from __future__ import annotations

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest.taskrouter.v1.workspace import WorkspaceContext


def test_activity_is_unavailable_unless_said(workspace: WorkspaceContext) -> None:
    """``Available`` left out means unavailable."""
    assert workspace.activities.create(friendly_name="Lunch").available is False
    assert workspace.activities.create(friendly_name="Idle", available=True).available is True


@pytest.mark.parametrize(("given", "names"), [("true", ["Available"]), ("no", ["Offline", "Unavailable"])])
def test_list_filters_by_availability(workspace: WorkspaceContext, given: str, names: list[str]) -> None:
    """``Available`` selects by its boolean reading."""
    assert [each.friendly_name for each in workspace.activities.list(available=given)] == names


def test_list_filters_by_name(workspace: WorkspaceContext) -> None:
    """``FriendlyName`` is an exact match."""
    assert [each.friendly_name for each in workspace.activities.list(friendly_name="Offline")] == ["Offline"]


def test_update_renames(workspace: WorkspaceContext) -> None:
    """A rename keeps everything else."""
    created = workspace.activities.create(friendly_name="Lunch")
    renamed = workspace.activities(created.sid).update(friendly_name="Dinner")

    assert (renamed.friendly_name, renamed.available, renamed.sid) == ("Dinner", False, created.sid)
    assert renamed.date_updated > renamed.date_created


def test_available_can_never_change(workspace: WorkspaceContext, ask) -> None:
    """Posting ``Available`` to an activity answers 200 and keeps the old value."""
    created = workspace.activities.create(friendly_name="Lunch")
    path = created.url.removeprefix("https://taskrouter.twilio.com")
    answer = ask("POST", path, "Available=true")

    assert (answer.status, answer.json["available"]) == (200, False)


def test_delete_removes_an_unused_activity(workspace: WorkspaceContext) -> None:
    """An unused activity goes; the default one does not."""
    created = workspace.activities.create(friendly_name="Lunch")
    assert workspace.activities(created.sid).delete()

    with pytest.raises(TwilioRestException) as refused:
        workspace.activities(workspace.fetch().default_activity_sid).delete()
    assert (refused.value.status, refused.value.code) == (400, 20001)
