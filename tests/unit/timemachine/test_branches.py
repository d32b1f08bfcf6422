"""A branch can be changed with the SDK, is asked again what the present was asked, and stays by itself."""

from __future__ import annotations

import pytest

from helpers import at, before, compare
from helpers.emulator.emulator_errors import MomentForgotten
from helpers.errors.connection_problems import EmulatorRefused
from tests.unit.timemachine.conftest import BILINGUAL

UNCHANGED = """\
Replayed in “the branch”: 4 commands. It's 09:00:14 UTC there now.
Each had the same result as the first time."""


def test_replay_in_words(what_if):
    """What was applied elsewhere is listed, with the time and what was asked."""
    first, title, heading, _, row = str(what_if.replay()).splitlines()

    assert first == "Replayed in “Bob speaks Spanish”: 4 commands. It's 09:00:14 UTC there now."
    assert (title, heading.split()[0]) == ("Different results (1)", "Time")
    assert row.startswith("09:00:14 UTC  Update Reservation WRd187…: reservation_status=accepted  applied to")
    assert row.endswith("  applied to the Reservation that Bob has here")


def test_unchanged_replay_in_words(world):
    """That everything went as before is said, too."""
    assert str(before(world.spanish, "created").branch().replay()) == UNCHANGED


def test_replay_goes_on(world, what_if):
    """Asked a second time, a branch is asked only for what came since."""
    what_if.replay()
    world.workspace.tasks(world.spanish.sid).update(assignment_status="completed")

    assert str(what_if.replay()).startswith("Replayed in “Bob speaks Spanish”: 1 command.")
    assert what_if.workspace.tasks(world.spanish.sid).fetch().assignment_status == "completed"


def test_clock_moves_are_asked_again(world, what_if):
    """Time that passed in the present passes in the branch, and what falls due there happens."""
    world.connection.advance(1300)
    what_if.replay()
    (pending,) = what_if.workspace.tasks(world.english.sid).reservations.list()

    assert pending.reservation_status == "timeout"


def test_branch_has_a_clock_of_its_own(world):
    """Changing something takes no time in a branch; advance moves it."""
    branch = at(world.spanish, "created").branch()
    branch.workspace.workers(world.story.bob_sid).update(attributes=BILINGUAL)

    assert repr(branch) == "Branch('the branch', 09:00:11 UTC)"
    branch.advance(60)
    assert repr(branch) == "Branch('the branch', 09:01:11 UTC)"


def test_clock_that_is_ahead(world, what_if):
    """What could only be asked after its time is counted in words."""
    what_if.advance(3)

    assert ("2 of them later than the first time, because the branch's clock was already past their time.") in str(
        what_if.replay()
    )


@pytest.mark.parametrize("seconds", [-1, float("nan"), 1e12])
def test_time_runs_forward_only(what_if, seconds):
    """A clock cannot be moved by just anything; the words are those of the lesson's own clock."""
    with pytest.raises(EmulatorRefused, match="time only runs forward"):
        what_if.advance(seconds)


def test_branches_know_nothing_of_each_other(world):
    """Two branches of one moment, and the present, are three Workspaces."""
    then = at(world.spanish, "created")
    one, other = then.branch(), then.branch()
    one.workspace.workers(world.story.bob_sid).delete()

    assert len(one.workspace.workers.list()) == 1
    assert len(other.workspace.workers.list()) == len(then.workspace.workers.list()) == 2
    assert len(world.workspace.workers.list()) == 2


def test_nothing_leaves_a_fork(world):
    """A branch sends no callbacks: the listener hears nothing of what happens there."""
    listener = world.connection.listen()
    listener.create_tasks_with(world.connection.client, world.story.workspace_sid, world.story.workflow_sid)
    world.workspace.workflows(world.story.workflow_sid).update(assignment_callback_url=listener.assignment_url)
    world.workspace.tasks(world.spanish.sid).update(assignment_status="completed")
    event = world.workspace.events.list()[-1]
    listener.inbox.clear()
    branch = at(event).branch()
    branch.workspace.tasks.create(attributes='{"selected_language": "es"}')

    assert branch.workspace.tasks.list(assignment_status="reserved")
    assert list(listener.inbox) == []


def test_present_began_again(world, what_if):
    """A branch of a world that is gone can be looked at; what followed is no longer known."""
    world.connection.reset()
    with pytest.raises(MomentForgotten):
        what_if.replay()

    assert len(what_if.workspace.workers.list()) == 2


def test_no_secret_in_sight(world, what_if):
    """Neither a branch nor a moment shows the Auth Token."""
    token = world.connection.auth_token.reveal()
    shown = [repr(what_if), str(what_if.replay()), str(compare(what_if)), repr(what_if._fork), repr(what_if._origin)]

    assert not [text for text in shown if token in text]
