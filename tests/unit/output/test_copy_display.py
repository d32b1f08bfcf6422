"""Copies in a cell: read past the wire, and spelt so that code for one never changes the original."""

from __future__ import annotations

import pytest

from helpers import at, copy_workspace, explain, paste_workspace, predict, show_console, wait_for
from helpers.errors.view_problems import OtherWorld
from helpers.lessons import story

CONFIGURATION = '{"task_routing": {"default_filter": {"queue": "Everybody"}}}'


@pytest.fixture
def world(connection):
    """The tutorial's workspace: everybody is Offline, and a Spanish Task waits."""
    built = story.build(connection.client)
    story.workspace_of(connection.client, built).tasks.create(
        attributes='{"selected_language": "es", "phone": "+15005550006"}', workflow_sid=built.workflow_sid
    )
    return built


def test_reading_leaves_nothing_on_the_wire(connection, world):
    """The bodies hold what is redacted in the copy."""
    workspace = story.workspace_of(connection.client, world)
    connection.wire.clear()
    copies = copy_workspace(workspace), copy_workspace(workspace.fetch()), copy_workspace(world.workspace_sid)

    assert [each.method for each in connection.wire] == ["GET"]  # the fetch of this test
    assert len({str(each) for each in copies}) == 1
    assert "Redacted, values by key: phone (1)" in str(copies[0])
    assert "Redacted" in copies[0]._repr_mimebundle_()["text/html"]
    assert "+15005550006" not in copies[0].document()


def test_code_for_a_copy_never_names_the_original(connection, world, cells):
    """Although both have the same SIDs, and the cells have the original's names."""
    workspace = story.workspace_of(connection.client, world)
    cells.update(client=connection.client, workspace=workspace, explain=explain)
    copy = copy_workspace(workspace)
    task = copy.workspace.tasks.list()[0]

    assert explain(task).code.startswith("copy.workspace.workers(")
    cells.update(mine=copy, context=copy.workspace)
    assert explain(task).code.startswith("mine.workspace.workers(")
    assert explain(workspace.tasks(task.sid).fetch()).code.startswith("workspace.workers(")
    exec(explain(task).code, dict(cells))
    assert explain(task).short != explain(workspace.tasks(task.sid).fetch()).short


def test_copy_has_a_clock_of_its_own(connection, world):
    """Which the original's doesn't follow."""
    copy = copy_workspace(world.workspace_sid)
    copy.advance(86_400)
    statuses = [
        {each.assignment_status for each in workspace.tasks.list()}
        for workspace in (copy.workspace, story.workspace_of(connection.client, world))
    ]

    assert statuses == [{"canceled"}, {"pending"}]


@pytest.mark.parametrize("use", [lambda task: predict(task), lambda task: wait_for("Task assigned", task)])
def test_what_would_reach_the_original_refuses_a_copy(connection, world, use):
    """By the same SIDs it would read, or change, what isn't meant."""
    copy = copy_workspace(world.workspace_sid)
    with pytest.raises(OtherWorld, match=r"something from `copy\.workspace`.*show_tasks\(copy\.workspace\.tasks"):
        use(copy.workspace.tasks.list()[0])
    with pytest.raises(OtherWorld, match=r"show_console\(\) works for"):
        show_console(copy.workspace)


def test_branch_is_not_taken_for_the_present(connection, world, cells):
    """It has the same SIDs as the present, as a copy has; and as a past moment has, which can be read only."""
    workspace = story.workspace_of(connection.client, world)
    task = workspace.tasks.list()[0]
    then = at(task, "created")
    branch = then.branch()
    cells.update(workspace=workspace)

    assert explain(branch.workspace.tasks(task.sid)).code.startswith("branch.workspace.workers(")
    cells["spanish"] = branch
    assert explain(branch.workspace.tasks(task.sid)).code.startswith("spanish.workspace.workers(")
    for other in (then.workspace, branch.workspace):
        with pytest.raises(OtherWorld):
            show_console(other)


def test_pasted_workspace_needs_no_connection():
    """It is shown and explained as one that was read."""
    copy = paste_workspace(CONFIGURATION, [{"level": 1}])

    assert repr(copy) == "WorkspaceCopy('Pasted Workspace')"
    assert "Worker 1" in explain(copy.workspace.workflows.list()[0]).short
    assert copy.client.taskrouter.v1.workspaces.list()[0].sid == copy.workspace_sid
