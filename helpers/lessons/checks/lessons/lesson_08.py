"""Lesson 8: how an offer ends, how to step away, the lines in order after a timeout, and who has to be woken."""

from __future__ import annotations

from helpers.emulator.display.value_kinds import kind
from helpers.lessons.checks.answers import normalize, read_letters, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.letter_order import read_order, require_each
from helpers.lessons.checks.subjects.lesson_world import name_of
from helpers.lessons.checks.trials.stepping_away import steps_away
from helpers.lessons.checks.trials.unanswered_day import finds_who_to_wake
from helpers.lessons.checks.verdict import NotYet

__all__ = ["CHECKS", "HINTS"]

# -- 8.1: where Alice is afterwards --------------------------------------------------------------

_ACTIVITIES = ("idle", "busy", "offline", "available", "unavailable", "reserved")
_AFTERWARDS = {"a": "idle", "b": "offline", "c": "idle", "d": "busy", "e": "idle"}
_STATUSES = ("accepted", "assigned", "canceled", "completed", "pending", "rejected", "timeout")
_BECAUSE = {
    "a": "the request names no Activity, so Alice stays where she is.",
    "b": "nobody answered, so TaskRouter moves her to the timeout Activity of the Workspace.",
    "c": "the canceled Task takes the offer away, and leaves her Activity alone.",
    "d": "the request that rejects the offer also names an Activity.",
    "e": "a completed Task makes her capacity free, and leaves her Activity alone.",
}
"""Reasons for Alice's Activity after each ending in 8.1."""
_OTHERWISE = {
    ("a", "offline"): "only an offer that nobody answers moves her there. Rejecting it is an answer.",
    ("b", "idle"): "TaskRouter doesn't leave her there after two minutes without an answer.",
    ("b", "busy"): "she does leave Idle, but TaskRouter moves her to another Activity.",
    ("b", "unavailable"): "the timeout Activity of this Workspace has another name.",
    ("c", "offline"): "only an offer that nobody answers moves her there. This customer hung up before.",
    ("d", "idle"): "the request names an Activity, so she doesn't stay Idle.",
    ("d", "offline"): "she answered in time, and her request names another Activity.",
    ("e", "busy"): "neither accepting nor completing changes her Activity.",
    ("e", "offline"): "she answered in time, so nothing moves her there.",
}
"""Wrong Activities in 8.1, each with the reason."""
_LOOK_AT = {
    "a": "Look at “Reject instead of ignoring”: the text below the table says in which Activity she is.",
    "b": "Look at “Who moved Alice?”: the last line that the cell prints is about her Activity.",
    "c": "Look at “The customer hangs up”: the cell shows Alice's Activity after the Task was canceled.",
    "d": "Look at “Reject instead of ignoring”: the last cell shows her Activity.",
    "e": "Remember lesson 5: what changed for Alice when her Task was completed?",
}


def names_activities(afterwards: object) -> str:
    """8.1: Alice's Activity after each of five endings."""
    found = read_letters(
        "afterwards", afterwards, tuple(_AFTERWARDS), item="ending", value="the name of an Activity", example="Idle"
    )
    given = {letter: _read_activity(letter, found[letter]) for letter in _AFTERWARDS}
    if set(given.values()) == {"idle"}:
        raise NotYet(
            "endings a, c and e are right, but after b and d Alice isn't Idle.",
            "in one of them the request names an Activity. In the other one nobody answers.",
        )
    for letter, right in _AFTERWARDS.items():
        if given[letter] != right:
            because = _OTHERWISE.get((letter, given[letter]), _BECAUSE[letter])
            wrong = f"after ending {letter}, Alice isn't {given[letter].title()}: {because}"
            raise NotYet(wrong, pointer=_LOOK_AT[letter])
    return "only b moves Alice without a request that names an Activity. In d, her own request names one."


def _read_activity(letter: str, value: object) -> str:
    where, value = f'`afterwards["{letter}"]`', name_of(value)
    if not isinstance(value, str):
        raise NotYet(f"{where} is {kind(value)}.", 'Write the name of an Activity in quotes, such as "Idle".')
    answer = normalize(value)
    if answer in _STATUSES:
        raise NotYet(f"{where} is {spell(value)}, a status.", "Write the name of Alice's Activity, such as Idle.")
    if answer not in _ACTIVITIES:
        wrong = f"{where} is {spell(value)}, which isn't an Activity of this Workspace."
        raise NotYet(wrong, "Write one name, such as Idle.")
    return answer


# -- 8.3: the lines in order ---------------------------------------------------------------------

_UNUSABLE = {
    "d": "an offer that has ended can't be made pending again. TaskRouter makes a new one.",
    "h": "TaskRouter assigns the Task itself when its Reservation is accepted.",
}
"""Lines of 8.3 that TaskRouter refuses."""
_BEFORE = {
    ("c", "e"): "the clock moves before there is an offer that could time out.",
    ("e", "b"): "Alice is still Idle then. She is moved when the offer times out.",
    ("c", "g"): "it lists the Reservations of `task`, and only line c gives `task` a value.",
    ("e", "g"): "it takes the first offer, and that one times out in line e.",
    ("b", "g"): "nobody is available then, so no offer is pending and the list is empty.",
    ("g", "a"): "it accepts `reservation`, and only line g gives `reservation` a value.",
    ("a", "f"): "it completes the Task, and only an assigned Task can be completed.",
}
"""Pairs of lines of which the first has to come first, each with what is wrong otherwise."""


def lines_in_order(order: object) -> str:
    """8.3: the lines that let an offer time out, bring Alice back, and serve the customer."""
    letters = read_order("order", order, "abcdefgh")
    for letter, because in _UNUSABLE.items():
        if letter in letters:
            raise NotYet(f"TaskRouter refuses line {letter}: {because}", "Leave this line out.")
    require_each(letters, "abcefg", "Use the lines a, b, c, e, f and g once each.")
    for (first, second), because in _BEFORE.items():
        if letters.index(first) > letters.index(second):
            raise NotYet(f"line {second} comes too early: {because}", pointer=f"Put line {first} before line {second}.")
    return "the first offer times out, Alice comes back, and the second offer of the same Task is accepted."


CHECKS = {"8.1": names_activities, "8.2": steps_away, "8.3": lines_in_order, "8.4": finds_who_to_wake}

HINTS = {
    "8.1": Hints(
        nudge="In which ending does a request name an Activity, and in which one is there no request at all?",
        pointer="The table under “How an offer can end” has a column for the Worker's Activity.",
        line='"b": "___"',
    ),
    "8.2": Hints(
        nudge="Which resource has the Activity, and which of its parameters begins with `reject`?",
        pointer="Look at “Leave with an offer open”: its last request is right, apart from the Activity.",
        line="workspace.workers(worker_sid).update(activity_sid=busy_sid, reject_pending_reservations=___)",
    ),
    "8.3": Hints(
        nudge="Which variable does each line use, and which two lines does TaskRouter refuse?",
        pointer="Tell the story of order 1001 in six sentences, and find the line for each one.",
        line='order = "ceb___"',
    ),
    "8.4": Hints(
        nudge="Which two events does TaskRouter record in the second in which it moves a Worker?",
        pointer="Keep each Worker's latest `worker.activity.update`. Look for a timeout at the same time.",
        line="return [name for name, moved in latest.items() if (name, moved) in ___]",
    ),
}
