"""Pictures asked for with something else than they draw."""

from __future__ import annotations

import pytest

from helpers import show_routing, show_sequence, show_timeline
from helpers.errors.view_problems import NotShowable


@pytest.mark.parametrize(
    ("draw", "example"),
    [
        (lambda told: show_sequence(told.listener.inbox), "connection.wire"),
        (lambda told: show_sequence(told.connection), "connection.wire"),
        (lambda told: show_sequence(told.connection.wire, told.connection.wire), "listener.inbox"),
        (lambda told: show_sequence(told.connection.wire, task=told.reservation), "workspace.tasks(task.sid).fetch()"),
        (lambda told: show_timeline(told.task), "workspace.events.list(task_sid=task.sid)"),
        (lambda told: show_timeline([told.task]), "workspace.events.list(task_sid=task.sid)"),
        (lambda told: show_routing(told.task), "workspace.workflows(workflow.sid).fetch()"),
        (lambda told: show_routing("{}", told.workspace.task_queues), "workspace.task_queues.list()"),
    ],
)
def test_what_to_pass_instead(told, draw, example):
    """The error says what the picture shows, what it got, and what gives the right thing."""
    with pytest.raises(NotShowable) as caught:
        draw(told)

    assert f"Pass, for example, `{example}`" in str(caught.value)
