"""Lesson 10: which Tasks are offered, a target that keeps chats away, and an offer that somebody else gets."""

from __future__ import annotations

import pytest
from twilio.base.exceptions import TwilioRestException

from helpers.lessons.checks import check
from helpers.lessons.checks.subjects.own_world import OwnWorld
from helpers.lessons.checks.trials.capacity_states import NINE
from helpers.lessons.checks.trials.offer_races import RACES

OFFERED = [
    (..., "`offered` is still `...`"),
    ("a", "A chat doesn't keep a call away, because each channel has its own capacity"),
    ("ab", "Alice's capacity for chats is 2, and you have one chat"),
    ("ac", "These are only chats, and full chats don't keep a call away"),
    ("acd", "Her capacity for chats is 2, and these are three chats"),
    (["chat 1", "chat 2", "chat 3"], "these are three chats"),
    ("a, b, c, d", "a, c and d are three chats"),
    ("abce", "Call b is only pending, but it already uses her capacity of 1"),
    ("abcde", "Chat d and call e find their channel full"),
    ("all", "Chat d and call e find their channel full"),
    ("xyz", "`offered` is 'xyz', and the letters are a to e"),
    ("b", "You have no chat, and a call doesn't keep a chat away"),
    ("be", "Her capacity for calls is 1, and these are two calls"),
    ("de", "You have the last ones"),
    ("nobody", "Alice is Idle and has free capacity"),
    ([], "Alice is Idle and has free capacity"),
    ("bc", "Task a is missing: it's the first chat"),
    ("abd", "Task c is missing: it's the second chat"),
    ("bcde", "Task a is missing"),
    ("acde", "Task b is missing: it's the first call"),
    ("depends on who accepts", "An offer counts before anybody accepts it"),
    ("abcf", "There is no Task f in this exercise"),
    ("the two chats and the call", "`offered` has more than 5 letters"),
    ("123", "`offered` has digits in it"),
    (3, "`offered` is a number"),
    ({"a": "yes"}, "`offered` is a dictionary"),
    (None, "`offered` is nothing"),
    ("", "`offered` is empty"),
]


@pytest.mark.parametrize(("answer", "words"), OFFERED)
def test_tasks_that_are_not_the_offered_ones(answer, words):
    """10.1: the channel that was counted wrong, or the Task that is missing or too many."""
    verdict = check("10.1", answer)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    "answer", ["abc", "c, b, a", ["a", "b", "c"], {"a", "b", "c"}, ["chat 1", "Chat 2", "call 1"], "ABC."]
)
def test_tasks_that_are_offered(answer):
    """10.1: as letters or names, in any order."""
    assert check("10.1", answer).passed


VOICE = "worker.channel.voice.available_capacity_percentage"
CHAT = "worker.channel.chat.assigned_tasks"

EXPRESSIONS = [
    (..., "`expression` is still `...`"),
    ("", "`expression` is an empty text"),
    (100, "`expression` is a number"),
    (f"worker.channel.voice.assigned_tasks == 0 AND {CHAT} <= 1", "A call that rings isn't assigned yet"),
    (f"{VOICE} == 100", "(of 5) matches, but shouldn't. The expression asks nothing about chats"),
    (
        f"{CHAT} <= 1",
        "A Worker with a ringing call and no chat (of 3) matches, but shouldn't. The expression asks noth",
    ),
    (f"{VOICE} > 0 AND {CHAT} <= 1", "50 % free is more than 0, too"),
    (f"{VOICE} >= 50 AND {CHAT} <= 1", "One call of two leaves 50 %"),
    (f"{VOICE} == 100 OR {CHAT} <= 1", "With `OR` one of the two is enough"),
    (f"{VOICE} == 100 AND {CHAT} == 0", "with no call and one chat (of 2) doesn't match, but should. At most one: one"),
    (f"{VOICE} == 100 AND {CHAT} < 1", "At most one: one chat is still fine"),
    (f"{VOICE} == 100 AND {CHAT} == 1", "At most one: no chat is fine, too"),
    (f"{VOICE} == 100 AND {CHAT} <= 2", "At most one means `<= 1`"),
    (f"{VOICE} == 100 AND {CHAT} < 3", "At most one means `<= 1`"),
    (
        f"{VOICE} == 100 AND worker.channel.chat.available_capacity_percentage >= 50",
        "How many chats a percentage means depends on the capacity",
    ),
    (f"{VOICE} == 100 AND worker.channel.chat.configured_capacity <= 1", "doesn't change when a chat comes"),
    (f"voice.available_capacity_percentage == 100 AND {CHAT} <= 1", "none of the nine. Names of a Worker's"),
    (f"channel.voice.available_capacity_percentage == 100 AND {CHAT} <= 1", "begin with `worker.channel.`"),
    (f"worker.voice.available_capacity_percentage == 100 AND {CHAT} <= 1", "begin with `worker.channel.`"),
    (f"worker.channel.voice.available == true AND {CHAT} <= 1", "Expressions can't read `available`"),
    (
        f"worker.channel.voice.capacity == 100 AND {CHAT} <= 1",
        "The names are in the cells under “Keep chats away during",
    ),
    (f'worker.activity_name == "Idle" AND {CHAT} <= 1', "A Worker on the phone is still Idle"),
    (f"worker.channel.fax.assigned_tasks == 0 AND {CHAT} <= 1", "That channel isn't voice or chat"),
    (f'task.channel == "chat" AND {CHAT} <= 1', "A Task's channel isn't one of its attributes"),
    ("1==1", "A Worker with no call and 2 chats (of 5) matches, but shouldn't. The expression asks nothing about c"),
    (f"{VOICE} == 0 AND {CHAT} <= 1", "Try it with that Worker's numbers"),
    (f"({CHAT} == 0 OR {CHAT} == 1) AND worker.channel.voice.assigned_tasks == 0", "A Worker with a ringing call and"),
    ("worker.channel.voice.assigned_tasks == 0", "ringing call and no chat (of 3) matches, but shouldn't. A call that"),
    (f"{VOICE} == 100 && {CHAT} <= 1", "Write AND instead of &&"),
    (f"{VOICE} = = 100", "This isn't a valid expression. It stops being a valid expression"),
    ([VOICE, CHAT], "`expression` is a list"),
]


@pytest.mark.parametrize(("answer", "words"), EXPRESSIONS)
def test_expression_that_keeps_the_wrong_chats_away(answer, words):
    """10.2: the first of nine Workers for whom it is wrong, and why."""
    verdict = check("10.2", answer)

    assert not verdict.passed
    assert words in str(verdict)


@pytest.mark.parametrize(
    "answer",
    [
        f"{VOICE} == 100 AND {CHAT} <= 1",
        f"{VOICE} = 100 AND {CHAT} < 2",
        f'{CHAT} IN [0, 1] AND {VOICE} == "100"',
        f"({CHAT} == 0 OR {CHAT} == 1) AND {VOICE} > 99",
        f'{VOICE} == 100 AND {CHAT} <= 1 AND task.medium == "chat"',
    ],
)
def test_expression_that_keeps_the_right_chats_away(answer):
    """10.2: however it is written."""
    assert check("10.2", answer).passed


def test_character_that_has_no_effect_is_named():
    """10.2: TaskRouter drops a percent sign and the expression is right, but nobody should believe in the sign."""
    verdict = check("10.2", f"{VOICE} == 100% AND {CHAT} <= 1")

    assert verdict.passed
    assert "% at character 58 means nothing here and is dropped. A percentage is a plain number" in str(verdict)


def test_every_worker_has_room_for_a_chat():
    """10.2: the expression decides, and not the capacity; no percentage tells one chat from two."""
    assert all(state.chats < state.chat_capacity for state in NINE)
    free = {state.is_free: 100 * (1 - state.chats / state.chat_capacity) for state in NINE if state.call == "none"}
    assert free[True] < free[False]


def accept(reservation):
    """Accept the Reservation."""
    reservation.update(reservation_status="accepted")
    return "mine"


def take_well(reservation):
    """Accept, and read the status of the error."""
    try:
        return accept(reservation)
    except TwilioRestException as error:
        if error.status in (400, 410):
            return {410: "somebody was faster", 400: "too late"}[error.status]
        raise


def take_after_a_look(reservation):
    """Decide by the Reservation's status as it was before the update."""
    status = reservation.fetch().reservation_status
    return (
        accept(reservation) if status == "pending" else "somebody was faster" if status == "rescinded" else "too late"
    )


def take_in_two_steps(reservation):
    """Ask for the status afterwards: as good as reading the error's."""
    try:
        return accept(reservation)
    except TwilioRestException as error:
        if error.status not in (400, 410):
            raise
        return "somebody was faster" if reservation.fetch().reservation_status == "rescinded" else "too late"


def except_with(decide):
    """Return a function that accepts, and gives an error to ``decide``."""

    def take(reservation):
        try:
            return accept(reservation)
        except TwilioRestException as error:
            return decide(error)

    return take


def raise_it(error):
    """Raise the error again."""
    raise error


def take_twice(reservation):
    """Accept two times."""
    accept(reservation)
    return take_well(reservation)


def take_stubbornly(reservation):
    """Try again after an error."""
    first = take_well(reservation)
    return first if first == "mine" else take_well(reservation)


def take_for_ever(reservation):
    """Try again until it works."""
    while True:
        try:
            return accept(reservation)
        except TwilioRestException:
            continue


def take_without_a_word(reservation):
    """Return nothing."""
    accept(reservation)


TAKES = [
    (..., "`take` is still `...`"),
    ("mine", "`take` is text, not a function"),
    (None, "`take` is nothing (`None`), not a function"),
    (lambda: "mine", "`take` can't be called with one argument. Begin with `def take(reservation):`"),
    (lambda reservation: "mine", "`take` never uses its argument"),
    (accept, 'When Bob has accepted before, `take` stops with status 410. Catch it, and return "somebody was'),
    (take_without_a_word, "When the offer is pending, `take` returned nothing. Add a `return`"),
    (lambda reservation: print(reservation.sid, end=""), "`take` returned nothing"),
    (lambda reservation: reservation.sid and "mine", "`take` said “mine”, but the Reservation isn't accepted"),
    (lambda reservation: reservation.sid and True, "`take` returned `True`"),
    (except_with(lambda error: "too late"), "A lost race has `error.status` 410"),
    (except_with(lambda error: "somebody was faster"), 'has timed out, `take` returned "somebody was faster". Nobody'),
    (except_with(lambda error: "mine"), 'Bob has accepted before, `take` returned "mine". TaskRouter returned an'),
    (except_with(lambda error: "lost"), "`take` returned 'lost'. The three answers are"),
    (except_with(lambda error: {410: "somebody was faster"}.get(error.code, "too late")), "`error.code` is 20001"),
    (
        except_with(lambda error: "somebody was faster" if error.status == 410 else "too late"),
        'When the Task has been deleted, `take` returned "too late". Its error is a 404: pass other errors on',
    ),
    (
        except_with(lambda error: "too late" if error.status == 400 else "somebody was faster"),
        "A Reservation that is gone isn't a lost race",
    ),
    (
        except_with(lambda error: "somebody was faster" if error.status == 410 else raise_it(error)),
        'When the offer has timed out, `take` stops with status 400. Catch it, and return "too late"',
    ),
    (
        except_with(lambda error: {410: "somebody was faster", 400: "too late"}.get(error.status)),
        "When the Task has been deleted, `take` returned nothing. Its error is a 404",
    ),
    (
        except_with(lambda error: {410: "somebody was faster", 400: "too late"}.get(error.status, "gone")),
        "When the Task has been deleted, `take` returned 'gone'. Its error is a 404",
    ),
    (take_after_a_look, "When Bob accepts between your look and your accept, `take` stops with status 410"),
    (take_twice, 'When the offer is pending, `take` returned "too late". The offer was pending: accept it once'),
    (take_stubbornly, "When Bob has accepted before, `take` sent 2 updates. One is enough"),
    (take_for_ever, "`take` doesn't end: it sent 300 requests"),
    (lambda reservation: reservation.update(reservation_status="accept"), "Write `reservation_status='accepted'`"),
    (lambda reservation: reservation.accept(), "`take` stops with AttributeError"),
    (lambda reservation: reservation.update(reservation_status="rejected") and "mine", "the Reservation isn't accept"),
]


@pytest.mark.parametrize(("answer", "words"), TAKES)
def test_function_that_loses_badly(answer, words):
    """10.3: the first offer for which it says something else than what came of it."""
    verdict = check("10.3", answer)

    assert not verdict.passed
    assert words in str(verdict)


def test_function_that_uses_the_lessons_own_workspace(desk):
    """10.3: the lesson's resources are never those of the check."""
    desk.begin(10)
    take = eval("lambda reservation: workspace.tasks(reservation.task_sid)", {"workspace": desk.workspace})

    assert "`take` uses `workspace`, a variable of another cell" in str(check("10.3", take))


@pytest.mark.parametrize("answer", [take_well, take_in_two_steps])
def test_function_that_loses_gracefully(answer):
    """10.3: by the error's status, or by the Reservation's afterwards."""
    assert check("10.3", answer).passed


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.case)
def test_accept_is_answered_as_the_race_says(race):
    """10.3: the status of each response is what TaskRouter returns."""
    reservation = race.prepare(OwnWorld.build())
    try:
        reservation.update(reservation_status="accepted")
        status = 200
    except TwilioRestException as error:
        status = error.status

    assert status == race.status
