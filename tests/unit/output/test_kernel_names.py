"""Code that is shown uses the names of this kernel's cells, and only those that it has."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from helpers import explain
from helpers.errors.time_machine_problems import NoHistory
from helpers.guide.passed_over import PassedOver
from helpers.lessons import story
from helpers.output.kernel_names import name_of, spell_connection, spell_listener, spell_sid, spell_workspace


@pytest.fixture
def world(connection):
    """The tutorial's workspace: everybody is Offline, and a Spanish Task waits."""
    built = story.build(connection.client)
    story.workspace_of(connection.client, built).tasks.create(
        attributes='{"selected_language": "es"}', workflow_sid=built.workflow_sid
    )
    return built


def test_without_names_sids_are_spelled(cells):
    """Also where something of another kind has a name."""
    cells.update(story="a story", workspace="WS1", _=3)

    assert spell_sid("WK1") == '"WK1"'
    assert spell_workspace("WS1") == 'connect().client.taskrouter.v1.workspaces("WS1")'
    assert spell_listener() == "connect().listen()"
    assert name_of(object()) is None


def test_names_of_the_lesson_are_used(connection, world, cells):
    """The workspace, the SIDs of the story, the Task as it was handed over."""
    workspace = story.workspace_of(connection.client, world)
    task = workspace.tasks.list()[0]
    cells.update(client=connection.client, desk=workspace, world=world, explain=explain, mine=task)
    explanation = explain(task)

    assert explanation.code == 'desk.workers(world.alice_sid).update(activity_sid=world.activity_sids["Idle"])'
    assert "`explain(mine).apply()`" in str(explanation)
    exec(explanation.code, dict(cells))
    assert repr(eval("explain(mine)", dict(cells))) == "Explanation(reserved)"


def test_resources_that_cells_have_are_named(connection, world, cells):
    """What lesson 5 teaches: the Task's and the Reservation's own SIDs; the story's names come first."""
    workspace = connection.client.taskrouter.v1.workspaces(world.workspace_sid).fetch()
    alice = workspace.workers(world.alice_sid).update(activity_sid=world.activity_sids["Idle"])
    task = workspace.tasks.list()[0]
    reservation = workspace.tasks(task.sid).reservations.list()[0]
    cells.update(alice=alice, workspace=workspace, task=task, reservation=reservation)
    accept = 'workspace.tasks(task.sid).reservations(reservation.sid).update(reservation_status="accepted")'

    assert accept in str(explain(task))
    assert eval(accept, dict(cells)).reservation_status == "accepted"
    assert spell_sid(world.alice_sid) == "alice.sid"
    cells.update(activity_sids=dict(world.activity_sids), numbers={1: world.bob_sid})
    assert spell_sid(world.activity_sids["Idle"]) == 'activity_sids["Idle"]'
    assert spell_sid(world.bob_sid) == f'"{world.bob_sid}"'
    cells["story"] = world
    assert spell_sid(world.alice_sid) == "story.alice_sid"


def test_name_of_another_workspace_is_no_name_of_this(connection, world, cells):
    """A name is used for what it stands for now."""
    cells["workspace"] = connection.client.taskrouter.v1.workspaces("WS" + "0" * 32)

    assert spell_workspace(world.workspace_sid).startswith("connect().client.taskrouter")


def test_kernels_one_connection_has_the_name_it_was_given(connection, cells):
    """So have its client and its listener; what has none is reached from there."""
    cells["here"] = connection

    assert spell_connection() == "here"
    assert spell_listener() == "here.listen()"
    assert spell_workspace("WS1") == 'here.client.taskrouter.v1.workspaces("WS1")'
    cells.update(ear=connection.listen(), twilio=connection.client)
    assert spell_listener() == "ear"
    assert spell_workspace("WS1") == 'twilio.taskrouter.v1.workspaces("WS1")'


def test_name_that_was_passed_over_is_none(connection, world, cells):
    """A cell that can't run here leaves names that raise its error when anything is asked of them."""
    cells.update(earlier=PassedOver(NoHistory()))
    task = story.workspace_of(connection.client, world).tasks.list()[0]

    assert "connect().client" in spell_workspace(world.workspace_sid)
    assert "Alice" in str(explain(task))


def test_cell_that_makes_a_variable_meanwhile_disturbs_nobody(connection, world, monkeypatch):
    """The board's thread looks while a cell runs; it looks again."""

    class Changing(dict):
        looked = 0

        def items(self):
            self.looked += 1
            if self.looked == 1:
                raise RuntimeError("dictionary changed size during iteration")
            return super().items()

    task = story.workspace_of(connection.client, world).tasks.list()[0]
    cells = Changing(mine=task)
    monkeypatch.setattr("IPython.get_ipython", lambda: SimpleNamespace(user_ns=cells))

    assert name_of(task) == "mine"
