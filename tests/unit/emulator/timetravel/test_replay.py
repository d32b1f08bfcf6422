"""A branch is asked again what was asked of the original; what cannot be done there is said."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from helpers.emulator.emulator_errors import MomentForgotten, NothingRemembered
from helpers.emulator.timetravel.fork import Fork
from helpers.emulator.timetravel.past import Past
from helpers.emulator.timetravel.replay import Replay
from tests.worlds.application import ASSIGNMENT_URL
from tests.worlds.random_desk import COMMANDS, RandomDesk, state_of


@settings(max_examples=20)
@given(st.lists(st.sampled_from(sorted(COMMANDS)), min_size=5, max_size=25), st.integers(0, 10**6))
def test_unchanged_branch_leads_to_the_present(commands, seed):
    """From whichever moment: the same is asked again, and records and events come out the same."""
    desk = RandomDesk(seed)
    past, start = Past(desk), desk.emulator.history.end
    for command in commands:
        desk.act(command)
    present = state_of(Fork.standing(past.present()).emulator)

    for position in range(start, desk.emulator.history.end + 1, 3):
        origin = past.at(position)
        branch = Fork(origin)
        deviations = Replay(branch, origin.moment).ask(*past.since(origin))
        assert (state_of(branch.emulator), deviations) == (present, [])


class Story:
    """Alice and Bob and one Task for whoever speaks Spanish; Alice comes late and accepts it."""

    def __init__(self) -> None:
        desk = RandomDesk(0)
        self.desk, self.workspace, self.past = desk, desk.workspace, Past(desk)
        self.alice, self.bob, third = self.workspace.workers.list()
        third.delete()
        self.workspace.workflows(desk.workflow_sid).update(assignment_callback_url="")
        self.offline, self.idle = desk.activity_sids[0], self.alice.activity_sid
        self.alice.update(attributes='{"speaks": ["en", "es"]}', activity_sid=self.offline)
        self.bob.update(attributes='{"speaks": ["en"]}')
        self.start = desk.emulator.history.end
        self.task = self.workspace.tasks.create(attributes='{"wants": "es"}')
        self.alice.update(activity_sid=self.idle)
        (self.reservation,) = self.workspace.tasks(self.task.sid).reservations.list()
        self.workspace.workers(self.alice.sid).reservations(self.reservation.sid).update(reservation_status="accepted")

    def branch(self):
        """A branch from before the Task, its workspace, and a function that asks for the rest."""
        origin = self.past.at(self.start)
        branch = Fork(origin)
        account = next(iter(branch.emulator.accounts.values()))
        client = Client(account.sid, account.auth_token, http_client=branch.http_client)
        workspace = client.taskrouter.v1.workspaces(self.task.workspace_sid)
        return branch, workspace, lambda: Replay(branch, origin.moment).ask(*self.past.since(origin))


@pytest.fixture
def story():
    return Story()


def reservations_of(workspace, task):
    """Who was reserved for a Task, and what became of it."""
    found = workspace.tasks(task.sid).reservations.list()
    return [(each.worker_name, each.reservation_status) for each in found]


def test_command_goes_to_the_reservation_of_the_same_task(story):
    """Who is reserved in Alice's place gets the command that was meant for her Reservation, and that is said."""
    _, workspace, replay = story.branch()
    workspace.workers(story.bob.sid).update(attributes='{"speaks": ["en", "es"]}')
    deviations = replay()

    assert reservations_of(workspace, story.task) == [("Bob", "accepted")]
    assert [each.outcome for each in deviations] == ["applied to the Reservation that Bob has here"]
    assert deviations[0].asked.startswith("Update Reservation WR")


def test_command_without_a_reservation_is_told(story):
    """Where nobody is reserved for the Task, a command on its Reservation is listed, not lost."""
    _, workspace, replay = story.branch()
    workspace.workers(story.alice.sid).delete()
    outcomes = [each.outcome for each in replay()]

    assert reservations_of(workspace, story.task) == []
    assert outcomes[0].startswith("refused here: ")
    assert outcomes[1:] == [f"not applied: Task {story.task.sid[:6]}… has no open Reservation here"]


def test_creation_in_the_branch_takes_no_sid_of_the_original(story):
    """A Task made in the branch alone has a SID of its own; the original's Task keeps its SID there."""
    _, workspace, replay = story.branch()
    extra = workspace.tasks.create(attributes='{"wants": "en"}')
    replay()

    assert {each.sid for each in workspace.tasks.list()} == {extra.sid, story.task.sid}
    assert reservations_of(workspace, story.task) == [("Alice", "accepted")]
    assert reservations_of(workspace, extra) == [("Bob", "pending")]


def test_what_was_refused_may_be_accepted(story):
    """A request that TaskRouter refused then, and accepts in the branch, is told."""
    with pytest.raises(TwilioException, match="already"):
        story.workspace.workers.create(friendly_name="Bob")
    _, workspace, replay = story.branch()
    workspace.workers(story.bob.sid).update(friendly_name="Robert")
    (deviation,) = replay()

    assert deviation.outcome.startswith("accepted here; then it was refused: ")
    assert [each.friendly_name for each in workspace.workers.list()] == ["Alice", "Robert", "Bob"]


def test_reservation_of_somebody_else_stays_refused(story):
    """A Reservation asked for below a Worker whose it is not is refused in the branch as it was then."""
    reservation = story.workspace.workers(story.alice.sid).reservations(story.reservation.sid)
    with pytest.raises(TwilioException, match="not found"):
        story.workspace.workers(story.bob.sid).reservations(reservation.fetch().sid).update(
            reservation_status="completed"
        )
    _, _, replay = story.branch()

    assert replay() == []


def test_late_command_is_told(story):
    """A branch whose clock was moved too far gets what follows at once, and how much that is is counted."""
    origin = story.past.at(story.start)
    branch = Fork(origin)
    branch.advance(60)
    replay = Replay(branch, origin.moment)
    replay.ask(*story.past.since(origin))

    assert replay.late == 3


@pytest.mark.parametrize(("instruction", "status"), [("accept", "accepted"), ("reject", "rejected")])
def test_answer_finds_the_reservation_of_the_task(story, instruction, status):
    """The instruction that answered a callback is carried out for whoever is reserved in the branch."""
    story.desk.replies = (f'{{"instruction": "{instruction}"}}',)
    story.workspace.workflows(story.desk.workflow_sid).update(assignment_callback_url=ASSIGNMENT_URL)
    story.start = story.desk.emulator.history.end
    story.workspace.tasks(story.task.sid).update(assignment_status="completed")
    task = story.workspace.tasks.create(attributes='{"wants": "es"}')
    _, workspace, replay = story.branch()
    workspace.workers(story.bob.sid).update(attributes='{"speaks": ["es"]}')
    replay()

    assert reservations_of(story.workspace, task)[0] == ("Alice", status)
    assert reservations_of(workspace, task)[0] == ("Bob", status)


def test_unanswered_callback_asks_nothing(story):
    """An answer without an instruction is not missed where its Reservation doesn't exist."""
    story.desk.replies = ("",)
    story.workspace.workflows(story.desk.workflow_sid).update(assignment_callback_url=ASSIGNMENT_URL)
    story.start = story.desk.emulator.history.end
    story.workspace.tasks.create(attributes='{"wants": "en"}')
    _, workspace, replay = story.branch()
    workspace.workers(story.bob.sid).update(activity_sid=story.offline)

    assert replay() == []


def test_original_is_untouched(story):
    """Whatever is done in a branch, the present stays as it is."""
    before = state_of(story.desk.emulator)
    _, workspace, replay = story.branch()
    workspace.workers(story.bob.sid).delete()
    replay()

    assert state_of(story.desk.emulator) == before


def test_branch_of_a_forgotten_moment(story):
    """After a reset nothing can be asked again, and the error says why."""
    _, _, replay = story.branch()
    story.desk.emulator.renew()

    with pytest.raises(MomentForgotten, match="or a restored"):
        replay()


def test_forgotten_event(story):
    """An event whose command is no longer among the latest is told to be forgotten, one that is can be gone to."""
    story.desk.emulator.history.kept = 10
    first = story.workspace.events.list()[0]
    for number in range(30):
        story.workspace.workers(story.bob.sid).update(friendly_name=f"Bob {number}")
        story.workspace.tasks(story.task.sid).update(attributes=f'{{"wants": "es", "n": {number}}}')
    last = story.workspace.events.list()[-1]

    assert story.past.around(story.past.event(last.sid).number).moment.position == story.desk.emulator.history.end
    with pytest.raises(MomentForgotten, match="latest 10 commands"):
        story.past.around(story.past.event(first.sid).number)


def test_emulator_without_history_has_no_past(emulator):
    """An emulator that remembers nothing says so when its past is asked for."""
    with pytest.raises(NothingRemembered, match="remembers=True"):
        Past(SimpleNamespace(emulator=emulator))
