"""The lifecycle strip says where a Task stands."""

from __future__ import annotations

import pytest

from helpers.emulator.display.views.lifecycle_view import STAGES, reached_stage, stage_states
from helpers.show import lifecycle

DONE_BEFORE_RESERVED = ("done", "done", "now", "next", "to come")


def test_the_five_stages_have_their_words():
    """The words are always these, in this order."""
    assert " → ".join(STAGES) == (
        "Task Created → eligible Worker becomes available → Worker reserved → Reservation accepted → "
        "Task assigned to Worker"
    )


@pytest.mark.parametrize(
    ("status", "reservations", "states"),
    [
        ("not created", [], ("next", "to come", "to come", "to come", "to come")),
        ("pending", [], ("now", "next", "to come", "to come", "to come")),
        ("pending", ["rejected", "timeout"], ("now", "next", "to come", "to come", "to come")),
        ("reserved", ["pending"], DONE_BEFORE_RESERVED),
        ("reserved", [], DONE_BEFORE_RESERVED),
        ("reserved", ["rejected", "pending"], DONE_BEFORE_RESERVED),
        ("reserved", ["accepted"], ("done", "done", "done", "now", "next")),
        ("assigned", ["accepted"], ("done", "done", "done", "done", "now")),
        ("wrapping", ["wrapping"], ("done", "done", "done", "done", "now")),
        ("completed", ["completed"], ("done",) * 5),
        ("canceled", [], ("done", *("not reached",) * 4)),
        ("canceled", ["canceled"], ("done", "done", "done", "not reached", "not reached")),
        ("unheard of", [], ("now", "next", "to come", "to come", "to come")),
    ],
)
def test_each_status_has_its_place(status, reservations, states):
    """Done, now, next, to come and not reached follow from the statuses alone."""
    assert stage_states(status, reached_stage(status, reservations)) == states


def test_pending_names_the_queue_it_waits_in(task):
    """A Task without a Worker says where it waits and for what."""
    assert str(lifecycle(task())) == (
        "[Task Created] → eligible Worker becomes available → Worker reserved → Reservation accepted → "
        "Task assigned to Worker\n"
        'Task WT3f9a… is pending: it waits in "Customer Care Requests - Spanish".\n'
        "Next: eligible Worker becomes available."
    )


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("rejected", "Alice rejected the Task: Reservation WR0001… is rejected."),
        ("timeout", "Reservation WR0001… timed out: Alice did not answer in time."),
        ("canceled", "Reservation WR0001… of Alice was canceled."),
        ("rescinded", "Reservation WR0001… of Alice was rescinded: another Worker accepted first."),
    ],
)
def test_reservations_that_came_to_nothing_are_told(task, reservation, status, sentence):
    """A Task that waits again says what became of earlier Reservations."""
    words = str(lifecycle(task("pending"), [reservation(status)]))

    assert sentence in words
    assert "do not fit together" not in words


@pytest.mark.parametrize(
    ("status", "reservation_status"),
    [("pending", "pending"), ("reserved", "timeout"), ("assigned", "pending"), ("canceled", "pending")],
)
def test_contradictions_are_said(task, reservation, status, reservation_status):
    """When one of the two was read too early, the strip says so instead of guessing."""
    words = str(lifecycle(task(status), [reservation(reservation_status)]))

    assert (
        "The Task and the Reservation don't match, because one has changed since you fetched it. Fetch both again."
        in words
    )


def test_reservations_of_other_tasks_are_left_aside(task, reservation):
    """A Worker's Reservations may be given whole."""
    other = reservation("accepted", "Bob", task_sid="WT" + "0" * 32)

    assert "Bob" not in str(lifecycle(task(), [other]))


def test_cancellation_gives_its_reason(task):
    """The reason Twilio stored is shown."""
    assert "Reason: Task TTL Exceeded." in str(lifecycle(task("canceled", reason="Task TTL Exceeded")))


def test_no_task_yet_says_so():
    """Before the Task is created the first stage is next."""
    assert str(lifecycle(None)).endswith("There is no Task yet.\nNext: Task Created.")


def test_many_reservations_are_bounded(task, reservation):
    """The newest five are told, the others counted."""
    words = str(lifecycle(task(), [reservation("rejected") for _ in range(12)]))

    assert "7 earlier Reservations are not listed." in words
    assert words.count("is rejected.") == 5


def test_static_table_tells_stages_without_colour(task, reservation):
    """Each stage's progress is a word in the table."""
    html = lifecycle(task("reserved"), [reservation()])._repr_mimebundle_()["text/html"]

    assert html.count("✓ done") == 2
    assert "● now" in html
    assert "next" in html
