"""Whom a learner predicts, in code or in the widget, and what is said when it comes, or comes otherwise."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from helpers import predict
from helpers.connection import Connection
from helpers.errors.lesson_problems import StoryMissing
from helpers.errors.prediction_problems import NoSuchChoice, NotPredictable, PredictedTooLate
from helpers.lessons import story as stories

UNDECIDED = """\
Who will be reserved for Task WT6870…?
Choices: Alice, Bob, nobody.
No prediction yet. Choose, type predict(task, "Alice"), or skip this."""


@pytest.fixture
def desk(connection, cells):
    """A Spanish Task waits; Alice is Offline, Bob is Idle and speaks English only."""
    story = stories.build(connection.client)
    workspace = stories.workspace_of(connection.client, story)
    idle = story.activity_sids["Idle"]
    workspace.workers(story.bob_sid).update(activity_sid=idle)
    task = workspace.tasks.create(attributes='{"selected_language": "es"}', workflow_sid=story.workflow_sid)

    cells["task"] = task

    def alice_comes():
        workspace.workers(story.alice_sid).update(activity_sid=idle)

    def create(language):
        return workspace.tasks.create(
            attributes=f'{{"selected_language": "{language}"}}', workflow_sid=story.workflow_sid
        )

    return SimpleNamespace(
        connection=connection, workspace=workspace, story=story, task=task, alice_comes=alice_comes, create=create
    )


def test_undecided_in_words(desk):
    """Before a choice the words ask, name the choices, and say that one may go on without."""
    prediction = predict(desk.task)

    assert str(prediction) == UNDECIDED
    assert repr(prediction) == "Prediction(undecided)"


def test_one_task_has_one_prediction(desk):
    """The same Task leads to the same object; before the fact one may think again, and that is said."""
    prediction = predict(desk.task)
    predict(desk.task, "Alice")
    again = predict(desk.task, "Bob")

    assert again is prediction
    assert str(prediction).endswith("You predict Bob, no longer Alice.")


def test_click_is_the_same_as_the_call(desk):
    """The widget's choice is the object's choice, and its code twin is the call that leads there."""
    prediction = predict(desk.task)
    answer = prediction._choose_clicked({"action": "choose", "who": "Alice"})

    assert prediction.choice == "Alice"
    assert (answer.text, answer.code) == ("You predict Alice.", 'predict(task, "Alice")')
    assert predict(desk.task, "Alice") is prediction


def test_click_that_comes_late(desk):
    """A click after the fact changes nothing, says why, and closes the radio group."""
    prediction = predict(desk.task, "Bob")
    desk.alice_comes()
    with pytest.raises(PredictedTooLate):
        prediction._choose_clicked({"action": "choose", "who": "Alice"})

    assert prediction.choice == "Bob"
    assert prediction._view.state["closed"] is True


def test_as_predicted(desk):
    """What came as predicted is told in one sentence."""
    prediction = predict(desk.task, "Alice")
    desk.alice_comes()
    revealed = prediction.reveal()

    assert str(revealed).startswith("You predicted Alice, and you were right: Alice was reserved (Reservation")
    assert revealed.right is True


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("Bob", 'Bob isn\'t in the queue: languages is ["en"], without "es".'),
        ("nobody", "No rule excluded Alice, and a Task waits for nothing else."),
    ],
)
def test_otherwise_than_predicted(desk, who, why):
    """What came otherwise is told with the reason, by the rules that decided."""
    prediction = predict(desk.task, who)
    desk.alice_comes()
    revealed = str(prediction.reveal())

    assert revealed.startswith(f"You predicted {who}, but Alice was reserved (Reservation WR")
    assert revealed.endswith(f"\n{why}")


def test_reason_is_of_the_moment(desk):
    """Why it was not Bob is judged by how things were then, not by what has changed since."""
    prediction = predict(desk.task, "Bob")
    desk.alice_comes()
    desk.workspace.workers(desk.story.bob_sid).update(attributes='{"languages": ["en", "es"]}')

    assert str(prediction.reveal()).endswith('Bob isn\'t in the queue: languages is ["en"], without "es".')


def test_moment_that_is_forgotten(desk):
    """Where the emulator no longer remembers the moment, the reason is that of the present."""
    prediction = predict(desk.task, "Bob")
    desk.alice_comes()
    desk.connection.emulator.call(lambda emulator: emulator.renew())

    assert str(prediction.reveal()).endswith('Bob isn\'t in the queue: languages is ["en"], without "es".')


def test_both_would_have_done(desk):
    """Where no rule was against the one predicted, what decides between several is named."""
    desk.workspace.tasks(desk.task.sid).delete()
    desk.alice_comes()
    prediction = predict("Alice")
    desk.create("en")

    assert "You predicted Alice, but Bob was reserved" in str(prediction.reveal())
    assert "No rule excluded Alice either" in str(prediction.reveal())


@pytest.mark.parametrize(("who", "right"), [("nobody", True), ("Alice", False), (None, None)])
def test_nobody_so_far(desk, who, right):
    """As long as nobody is reserved, nobody is what came; a reveal changes nothing by itself."""
    prediction = predict(desk.task, who)
    revealed = prediction.reveal()

    assert "o Worker has been reserved so far" in str(revealed)
    assert revealed.right is right


def test_undecided_goes_on(desk):
    """Without a choice the reveal just tells who it was."""
    prediction = predict(desk.task)
    desk.alice_comes()

    assert str(prediction.reveal()).startswith("Alice was reserved (Reservation WR")
    assert str(prediction.reveal()).endswith("You made no prediction.")


def test_next_reservation(desk):
    """A name alone predicts the next Reservation, whatever its Task; afterwards a new prediction begins."""
    prediction = predict("Bob")
    english = desk.create("en")

    assert prediction.reveal().right is True
    assert english.sid[:6] in str(prediction.reveal())
    assert predict("Bob") is not prediction


@pytest.mark.parametrize("who", ["alice", " ALICE ", "sid", "instance"])
def test_ways_to_name_a_worker(desk, who):
    """A name in any case, a SID and the SDK's instance all mean the same Worker."""
    alice = desk.workspace.workers(desk.story.alice_sid).fetch()
    given = {"sid": alice.sid, "instance": alice}.get(who, who)

    assert predict(desk.task, given).choice == "Alice"


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("Alcie", r"Did you mean 'Alice'\? Choose one of: Alice, Bob, nobody\."),
        ("", "There's no Worker"),
        ("WK" + "0" * 32, "There's no Worker"),
        (42, "There's no Worker '42'"),
        ("🦜" * 10_000, "There's no Worker"),
    ],
)
def test_nobody_of_that_name(desk, who, text):
    """A name that is no Worker's is refused with those there are, and the choice stays what it was."""
    predict(desk.task, "Bob")
    with pytest.raises(NoSuchChoice, match=text) as caught:
        predict(desk.task, who)

    assert len(str(caught.value)) < 300
    assert predict(desk.task).choice == "Bob"


def test_too_late(desk):
    """After the fact nothing can be predicted; the same call again does no harm."""
    prediction = predict(desk.task, "Bob")
    desk.alice_comes()
    with pytest.raises(PredictedTooLate, match=r"Alice has already been reserved .* your prediction stays Bob"):
        predict(desk.task, "Alice")

    assert predict(desk.task, "Bob") is prediction
    assert "Choices" not in str(prediction)


def test_first_asked_after_the_fact(desk):
    """A prediction begun too late is closed, refuses a choice, and still reveals who it was."""
    desk.alice_comes()
    prediction = predict(desk.task)
    with pytest.raises(PredictedTooLate):
        prediction.choose("Alice")

    assert str(prediction).endswith("There is nothing left to predict.")
    assert "Alice was reserved" in str(prediction.reveal())


def test_task_that_is_over(desk):
    """For a Task that was canceled, or is gone, nothing can be predicted."""
    desk.workspace.tasks(desk.task.sid).update(assignment_status="canceled")
    with pytest.raises(PredictedTooLate, match="is canceled: it has"):
        predict(desk.task, "Alice")
    desk.workspace.tasks(desk.task.sid).delete()
    with pytest.raises(PredictedTooLate, match="no longer exists"):
        predict(desk.task, "Alice")

    assert "o Worker was reserved: Task WT6870… no longer exists" in str(predict(desk.task).reveal())


@pytest.mark.parametrize("about", ["WT" + "0" * 32, 3, ["Alice"]])
def test_something_else_than_a_task(desk, about):
    """What is no Task cannot be predicted about; the text shows how."""
    with pytest.raises(NotPredictable, match=r'predict\(task, "Alice"\)'):
        predict(about, None if isinstance(about, str) else "Alice")


def test_new_world_has_new_predictions(desk):
    """After a new beginning the same SID is another Task, of which nothing was predicted."""
    first = predict(desk.task, "Bob")
    desk.connection.reset()
    stories.build(desk.connection.client)
    task = desk.create("es")

    assert task.sid == desk.task.sid
    assert predict(task) is not first
    assert predict(task).choice is None


def test_nothing_on_the_wire(desk):
    """Predicting and revealing leave the wire to the learner's own requests."""
    before = len(desk.connection.wire)
    predict(desk.task, "Bob").reveal()

    assert len(desk.connection.wire) == before


def test_without_the_tutorials_world(connection):
    """The next Reservation needs the tutorial's Workspace, and says so."""
    with pytest.raises(StoryMissing):
        predict("Alice")


def test_where_nothing_is_remembered(desk, monkeypatch):
    """On a server of its own the reason is that of the present."""
    prediction = predict(desk.task, "Bob")
    elsewhere = Connection(**{**vars(desk.connection), "emulator": None})
    monkeypatch.setattr("helpers.predictions.connect", lambda: elsewhere)
    there = predict(desk.task, "Bob")
    desk.alice_comes()

    assert there is not prediction
    assert str(there.reveal()) == str(prediction.reveal())
