"""Two ways are compared Task by Task: who, where, how much sooner; and that nothing differs."""

from __future__ import annotations

import pytest

from helpers import at, before, compare
from helpers.errors.time_machine_problems import UnknownMoment

WHAT_IF = """\
2 of 2 Tasks had a different outcome in “Bob speaks Spanish” than in the present.
Task WT6870…: accepted by Bob instead of Alice, reserved 2 s sooner.
Task WT180d…: reserved for Alice instead of Bob, 1 s later.
"""


def test_story_in_words(what_if):
    """If Bob spoke Spanish, he would have had Alice's Task, and she the English one."""
    what_if.replay()

    assert str(compare(what_if)).startswith(WHAT_IF)


def test_table_names_both_ways(what_if):
    """The table has a column for each way, with who, since when and in which queue."""
    what_if.replay()
    rows = str(compare(what_if)).splitlines()[4:]

    assert rows[0].split("  ")[-1] == "In “Bob speaks Spanish”"
    assert "accepted by Alice, since 09:00:14 UTC, in “Customer Care Requests - Spanish”" in rows[2]
    assert rows[2].endswith("accepted by Bob, since 09:00:14 UTC, in “Customer Care Requests - Spanish”")


def test_nothing_differs(world):
    """A branch in which nothing was changed ends as the present did, and that is said."""
    branch = before(world.spanish, "created").branch()
    branch.replay()
    comparison = compare(branch)

    assert str(comparison) == "No differences: each of 2 Tasks had the same outcome in the present and in the branch."
    assert comparison.differences == {}


def test_branch_that_lags_behind(what_if):
    """Before the replay the words say whose clock is behind, and what to run."""
    assert "It is 09:00:10 UTC in “Bob speaks Spanish” and 09:00:14 UTC in the present. Run `branch.replay()`" in str(
        compare(what_if)
    )


def test_two_branches(world, what_if):
    """Branches can be compared with each other; two of one name are told apart."""
    what_if.replay()
    twin = before(world.spanish, "created").branch("Bob speaks Spanish")
    twin.replay()

    assert "in “Bob speaks Spanish” (the other) than in “Bob speaks Spanish”" in str(compare(what_if, twin))


def test_still_waiting(world):
    """A Task that nobody takes in the branch is told to be waiting still."""
    branch = before(world.spanish, "reserved").branch("without Alice")
    branch.workspace.workers(world.story.alice_sid).delete()
    branch.replay()

    assert list(compare(branch).differences.values()) == ["still waiting instead of accepted by Alice"]


def test_canceled(world):
    """A Task that ends otherwise is told with its end, and since when."""
    branch = before(world.spanish, "reserved").branch()
    branch.workspace.tasks(world.spanish.sid).update(assignment_status="canceled", reason="changed my mind")
    branch.replay()
    comparison = compare(branch)

    assert comparison.differences[world.spanish.sid] == "canceled (changed my mind) instead of accepted by Alice"
    assert "canceled (changed my mind), since 09:00:12 UTC, in" in str(comparison)


def test_present_that_lags_behind(what_if):
    """A branch whose clock was moved beyond the present's is ahead of it."""
    what_if.replay()
    what_if.advance(60)

    assert "It is 09:00:14 UTC in the present and 09:01:14 UTC in “Bob speaks Spanish”." in str(compare(what_if))


def test_other_queue(world):
    """A Task that a changed Workflow leads elsewhere is told with both queues."""
    branch = before(world.english, "created").branch()
    workflow = branch.workspace.workflows(world.story.workflow_sid)
    swapped = workflow.fetch().configuration.replace('"en', '"xx')
    workflow.update(configuration=swapped.replace('"es', '"en'))
    branch.replay()

    (difference,) = compare(branch).differences.values()
    assert difference.startswith("in “Customer Care Requests - Spanish” instead of “Customer Care Requests - English”")


def test_task_of_the_branch_alone(world):
    """A Task made in the branch exists only there."""
    branch = at(world.spanish, "accepted").branch("one more")
    branch.workspace.tasks.create(attributes="{}", workflow_sid=world.story.workflow_sid)

    assert list(compare(branch).differences.values()) == ["exists only in “one more”"]


def test_no_tasks(world):
    """Where there never was a Task, nothing differs."""
    branch = before(world.spanish, "created").branch()

    assert str(compare(branch, before(world.spanish, "created").branch())) == "No differences: there were no Tasks."


@pytest.mark.parametrize("given", [None, "the present", 3])
def test_something_else(world, given):
    """What is no branch cannot be compared; the text says how to get one."""
    with pytest.raises(UnknownMoment, match=r"then\.branch\(\)"):
        compare(given)


def test_deleted_workspace(world, what_if):
    """Events outlive a Workspace, so the ways can be compared after it was deleted."""
    world.workspace.delete()
    what_if.replay()

    assert str(compare(what_if)).startswith(WHAT_IF)
