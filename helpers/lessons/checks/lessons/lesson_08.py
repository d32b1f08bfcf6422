"""Lesson 8: how an offer ends, how to step away, the lines in order after a timeout, and who has to be woken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from helpers.emulator.display.safe_text import clip
from helpers.emulator.display.value_kinds import kind
from helpers.emulator.sdk.sdk_reading import fetch_or_none
from helpers.emulator.sids import is_sid
from helpers.lessons.checks.answers import join_words, normalize, read_function, read_letters, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.letter_order import read_order, require_each
from helpers.lessons.checks.subjects.own_calls import call_with, refuse_other_cells
from helpers.lessons.checks.subjects.own_world import OwnWorld
from helpers.lessons.checks.trials.unanswered_day import TEMP, live_through_day
from helpers.lessons.checks.verdict import NotYet

__all__ = ["CHECKS", "HINTS"]

_ACTIVITIES = ("idle", "busy", "offline", "available", "unavailable", "reserved")
_AFTERWARDS = {"a": "idle", "b": "offline", "c": "idle", "d": "busy", "e": "idle"}
_STATUSES = ("accepted", "assigned", "canceled", "completed", "pending", "rejected", "timeout")
_BECAUSE = {
    "a": "the request names no Activity, so Alice stays where she is.",
    "b": "nobody answered, so TaskRouter moves her to the timeout Activity of the Workspace.",
    "c": "the canceled Task takes the offer away, and says nothing about Alice.",
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
    where = f'`afterwards["{letter}"]`'
    if not isinstance(value, str):
        raise NotYet(f"{where} is {kind(value)}.", 'Write the name of an Activity in quotes, such as "Idle".')
    answer = normalize(value)
    if answer in _STATUSES:
        raise NotYet(f"{where} is {spell(value)}, a status.", "Write the name of Alice's Activity, such as Idle.")
    if answer not in _ACTIVITIES:
        wrong = f"{where} is {spell(value)}, which isn't an Activity of this Workspace."
        raise NotYet(wrong, "Is she Idle, for example?")
    return answer


# -- 8.2 -------------------------------------------------------------------------------------------

_SPANISH = '{"selected_language": "es"}'
_ENDLESS = "one request is enough for this exercise."
_LOOK_AT_LEAVING = "Look at “Leave with an offer open”: the last cell has a parameter for all pending offers."
_ONE_REQUEST = "one update of the Worker can name the Activity and reject the pending offers."


def steps_away(step_away: object) -> str:
    """8.2: a function that makes a Worker Busy and gives all offers back, tried in the check's own Workspace."""
    function = read_function("step_away", step_away, "workspace", "worker_sid", "busy_sid")
    refuse_other_cells("step_away", function)
    own = OwnWorld.build()
    alice = own.sids.alice_sid
    own.set_activity(alice, "Idle")
    for channel in ("default", "chat"):
        own.workspace.tasks.create(attributes=_SPANISH, workflow_sid=own.sids.workflow_sid, task_channel=channel)
    before = len(own.wire)
    call_with(own, "step_away", function, own.workspace, alice, own.sids.activity_sids["Busy"], endless=_ENDLESS)
    sent = [each for each in list(own.wire)[before:] if each.method != "GET"]
    _require_customers(own)
    _require_busy(own)
    _require_no_offer(own)
    offers = own.workspace.workers(alice).reservations.list()
    if len(offers) > 2:
        raise NotYet(
            "between your requests TaskRouter offered a customer to Alice again, because she was still available.",
            _ONE_REQUEST,
        )
    if len(sent) > 1:
        raise NotYet(f"you sent {len(sent)} requests, and all is as it should be.", _ONE_REQUEST)
    return "one request made Alice Busy and gave back both of her offers, one on each TaskChannel."


def _require_customers(own: OwnWorld) -> None:
    """Raise ``NotYet`` if a Task isn't waiting any more."""
    statuses = Counter(task.assignment_status for task in own.workspace.tasks.list())
    if statuses["canceled"] or statuses.total() < 2:
        raise NotYet("a customer is gone, because you ended the Task.", "give the offer back, and keep the Task.")
    if statuses["assigned"]:
        raise NotYet("Alice accepted an offer, so now she has a customer.", "reject the offers instead.")


def _require_busy(own: OwnWorld) -> None:
    """Raise ``NotYet`` if Alice isn't there any more, or isn't Busy."""
    alice = fetch_or_none(own.workspace.workers(own.sids.alice_sid))
    if alice is None:
        raise NotYet("Alice is deleted.", "update her Activity instead.")
    if alice.activity_name == "Offline":
        raise NotYet("Alice is Offline, but she should be Busy.", "use `busy_sid`, the third argument.")
    if alice.activity_name != "Busy":
        raise NotYet(
            f"Alice is still {alice.activity_name}, so TaskRouter goes on offering her customers.",
            "pass `activity_sid=busy_sid` to the update of the Worker.",
        )


def _require_no_offer(own: OwnWorld) -> None:
    """Raise ``NotYet`` if an offer of Alice's is still pending."""
    pending = own.workspace.workers(own.sids.alice_sid).reservations.list(reservation_status="pending")
    if len(pending) == 1:
        raise NotYet(
            "you gave back one offer, and the other one is still pending: Alice had one on each of two TaskChannels.",
            "an update of the Worker can reject all of them.",
            pointer=_LOOK_AT_LEAVING,
        )
    if pending:
        raise NotYet(
            "Alice is Busy, but her 2 offers are still pending: they time out, and then TaskRouter sets her Offline.",
            "the same request can reject them.",
            pointer=_LOOK_AT_LEAVING,
        )


# -- 8.3 -------------------------------------------------------------------------------------------

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


# -- 8.4 -------------------------------------------------------------------------------------------

_MOST_NAMES = 4
"""Most names that a verdict spells out; there are three Workers."""


def finds_who_to_wake(to_wake: object) -> str:
    """8.4: a function that reads from events who was moved by an unanswered offer, asked at moments of a day."""
    function = read_function("to_wake", to_wake, "events")
    refuse_other_cells("to_wake", function)
    own = OwnWorld.build()
    events: list[Any] = []
    for wanted, situation, why in live_through_day(own):
        events = own.workspace.events.list(minutes=240)
        _compare(_ask(own, function, events), wanted, situation, why)
    if sorted(_ask(own, function, events[::-1])) != ["Alice", TEMP]:
        raise NotYet(
            "with the same events in another order, your function returns something else.",
            "sort them by `event_date_ms` first.",
        )
    return f"your function found Alice and {TEMP}, and left out those who went away or came back themselves."


def _ask(own: OwnWorld, function: Callable[..., Any], events: list[Any]) -> list[str]:
    """Return the names that the function returns.

    Raises:
        NotYet: it returns something else.
    """
    try:
        found = call_with(own, "to_wake", function, list(events), endless="all you need is in `events`.")
    except NotYet as stopped:
        if isinstance(stopped.__cause__, KeyError) and "worker_name" in str(stopped.__cause__):
            raise NotYet(
                "not every event has a `worker_name`: some are about the Workspace or a Task that waits.",
                "Look at its `event_type` first.",
            ) from stopped
        raise
    if found is None:
        raise NotYet("`to_wake` returned nothing.", "Add a `return`; `print` only shows a value.")
    if not isinstance(found, list | tuple | set | frozenset | dict):
        raise NotYet(f"`to_wake` returned {kind(found)}.", 'It should return a list of names, such as `["Alice"]`.')
    names = [name for name in found if isinstance(name, str)]
    if len(names) < len(found):
        other = next(each for each in found if not isinstance(each, str))
        raise NotYet(
            f"`to_wake` returned a list with {kind(other)} in it.",
            'Return names: `event.event_data["worker_name"]`.',
        )
    if any(is_sid(name, "WK") for name in names):
        raise NotYet("`to_wake` returned a SID.", 'Return names: `event.event_data["worker_name"]`.')
    return names


def _compare(names: list[str], wanted: list[str], situation: str, why: str) -> None:
    """Raise ``NotYet`` if the function's names aren't the right ones at this moment."""
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise NotYet(f"{spell(twice[0])} is in the list more than once.", "Call each Worker once.")
    if sorted(names) == wanted:
        return
    told = join_words(sorted(map(spell, names))) if names else "nobody"
    told = f"{len(names)} names" if len(names) > _MOST_NAMES else told
    right = join_words(wanted) if wanted else "nobody"
    wrong = f"when {situation}, your function returns {told}, and it should return {right}. {why}"
    raise NotYet(wrong, pointer=_point_to_events(names, wanted))


def _point_to_events(names: list[str], wanted: list[str]) -> str:
    """Return which events to compare, for the first name that is too many or is missing."""
    if missing := [name for name in wanted if name not in names]:
        return (
            f"{missing[0]}'s latest `worker.activity.update` has the same `event_date_ms` as a `reservation.timeout`."
        )
    extra = next(name for name in names if name not in wanted)
    return f"Find the latest `worker.activity.update` of {clip(extra, 40)}. No offer timed out at the same time."


CHECKS = {"8.1": names_activities, "8.2": steps_away, "8.3": lines_in_order, "8.4": finds_who_to_wake}

HINTS = {
    "8.1": Hints(
        nudge="Which of the five requests names an Activity, and in which ending is there no request at all?",
        pointer="The table under “How an offer can end” has a column for the Worker's Activity.",
        line='"b": "___"',
    ),
    "8.2": Hints(
        nudge="Which resource has the Activity, and which of its parameters begins with `reject`?",
        pointer="Look at “Leave with an offer open”: its last request is right, apart from the Activity.",
        line="workspace.workers(worker_sid).update(activity_sid=busy_sid, reject_pending_reservations=___)",
    ),
    "8.3": Hints(
        nudge="Which variable does each line use, and which two lines did this lesson show to be impossible?",
        pointer="Tell the story of order 1001 in six sentences, and find the line for each one.",
        line='order = "ceb___"',
    ),
    "8.4": Hints(
        nudge="Which two events does TaskRouter record in the second in which it moves a Worker?",
        pointer="Keep each Worker's latest `worker.activity.update`. Look for a timeout at the same time.",
        line="return [name for name, moved in latest.items() if (name, moved) in ___]",
    ),
}
