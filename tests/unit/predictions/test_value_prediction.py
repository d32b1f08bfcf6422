"""A status or an Activity, predicted in code or in the widget, and what is said when it is revealed."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from helpers import predict
from helpers.errors.lesson_problems import StoryMissing
from helpers.errors.prediction_problems import NoSuchChoice, NoSuchWhat, NotPredictable, PredictedTooLate
from helpers.lessons import story as stories

UNDECIDED = """\
Which Activity will Alice have?
Choices: Offline, Available, Unavailable, Idle, Busy, Reserved.
No prediction yet. Choose, type predict(alice, "Offline", what="activity"), or skip this."""


@pytest.fixture
def desk(connection, cells):
    """Alice and Bob are Offline, and no Task is there."""
    story = stories.build(connection.client)
    workspace = stories.workspace_of(connection.client, story)
    cells["alice"] = alice = workspace.workers(story.alice_sid).fetch()

    def create():
        return workspace.tasks.create(attributes='{"selected_language": "es"}', workflow_sid=story.workflow_sid)

    return SimpleNamespace(connection=connection, workspace=workspace, story=story, alice=alice, create=create)


def test_undecided_in_words(desk):
    """Before a choice the words ask, name the choices, and say how to choose."""
    assert str(predict(desk.alice, what="activity")) == UNDECIDED


def test_status_of_the_next_task(desk):
    """Before the Task there is nothing to compare with; then its status is compared, and a new question begins."""
    prediction = predict("reserved", what="status")
    assert str(prediction.reveal()) == "You predicted reserved, but there's nothing to compare with yet."
    task = desk.create()
    revealed = prediction.reveal()

    assert str(revealed) == f"You predicted reserved, but Task {task.sid[:6]}… is pending."
    assert revealed.right is False
    assert predict(what="status") is not prediction


def test_status_of_one_task(desk):
    """A Task that is there has a prediction of its own."""
    task = desk.create()
    prediction = predict(task, "canceled", what="status")
    desk.workspace.tasks(task.sid).update(assignment_status="canceled")

    assert str(prediction.reveal()) == f"You predicted canceled, and you were right: Task {task.sid[:6]}… is canceled."
    assert prediction.reveal().right is True


def test_activity(desk):
    """An Activity is chosen in any spelling of its case, and compared with the Worker's."""
    prediction = predict(desk.alice, " idle ", what="activity")
    desk.alice.update(activity_sid=desk.story.activity_sids["Idle"])

    assert str(prediction.reveal()) == "You predicted Idle, and you were right: Alice is Idle."


def test_no_choice(desk):
    """Without a choice the value is told all the same."""
    revealed = predict(desk.alice, what="activity").reveal()

    assert str(revealed) == "Alice is Offline. You made no prediction."
    assert revealed.right is None


def test_click_is_the_same_as_the_call(desk):
    """The widget's choice is the object's choice, and its code twin is the call that leads there."""
    prediction = predict(desk.alice, what="activity")
    answer = prediction._choose_clicked({"action": "choose", "who": "Idle"})

    assert (answer.text, answer.code) == ("You predict Idle.", 'predict(alice, "Idle", what="activity")')
    assert predict(desk.alice, "Idle", what="activity") is prediction


def test_too_late(desk):
    """After the value was revealed the choice stays, and the radio group is closed."""
    prediction = predict(desk.alice, "Idle", what="activity")
    prediction.reveal()
    with pytest.raises(PredictedTooLate, match="call `predict` again"):
        prediction.choose("Busy")

    assert prediction.choose("Idle").choice == "Idle"
    assert prediction._view.state["closed"] is True


def test_worker_that_is_gone(desk):
    """Of a Worker that was deleted there is nothing to compare with."""
    prediction = predict(desk.alice, "Idle", what="activity")
    desk.alice.delete()

    assert prediction.reveal().right is None


@pytest.mark.parametrize("about", [3, ["Alice"], "Alice"])
def test_something_else_than_a_worker(desk, about):
    """An Activity needs a Worker; the text shows how."""
    with pytest.raises(NotPredictable, match=r'predict\(worker, what="activity"\)'):
        predict(about, what="activity")


def test_status_of_a_worker(desk):
    """A status needs a Task; the text shows how."""
    with pytest.raises(NotPredictable, match=r'You passed a Worker. .*predict\(what="status"\)'):
        predict(desk.alice, what="status")


@pytest.mark.parametrize(
    ("given", "text"), [("pendign", "Did you mean 'pending'"), ("🦜" * 10_000, "There's no status")]
)
def test_no_such_status(desk, given, text):
    """What is no status is refused with those there are."""
    with pytest.raises(NoSuchChoice, match=text) as caught:
        predict(given, what="status")

    assert len(str(caught.value)) < 300


def test_nothing_else_can_be_predicted(desk):
    """Another property is refused with those that can be predicted."""
    with pytest.raises(NoSuchWhat, match="'worker', 'status', 'activity'"):
        predict(desk.alice, what="mood")


def test_nothing_on_the_wire(desk):
    """Predicting and revealing leave the wire to the learner's own requests."""
    before = len(desk.connection.wire)
    predict(desk.alice, "Idle", what="activity").reveal()

    assert len(desk.connection.wire) == before


def test_without_the_tutorials_world(connection):
    """The next Task needs the tutorial's Workspace, and says so."""
    with pytest.raises(StoryMissing):
        predict(what="status")
