"""Lesson 10: which of five Tasks are offered, chats kept away from calls, and a race that another Worker wins."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from twilio.base.exceptions import TwilioException

from helpers.emulator.display.value_kinds import kind
from helpers.emulator.expressions import Scope, parse
from helpers.guide.hints import hints
from helpers.lessons.checks.answers import (
    call,
    join_words,
    means_all,
    normalize,
    read_function,
    read_text,
    spell,
    take_sentences,
)
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.letter_order import read_order
from helpers.lessons.checks.subjects.own_calls import refuse_other_cells
from helpers.lessons.checks.subjects.own_world import OwnWorld, TooManyRequests
from helpers.lessons.checks.trials.capacity_states import NINE, State, judge_states
from helpers.lessons.checks.trials.offer_races import RACES, Race
from helpers.lessons.checks.verdict import NotYet

__all__ = ["CHECKS", "HINTS"]

_ARRIVALS = {"a": "chat", "b": "voice", "c": "chat", "d": "chat", "e": "voice"}
"""TaskChannel of each Task of 10.1, in the order in which they come."""

_NAMES = {"chat 1": "a", "voice 1": "b", "call 1": "b", "chat 2": "c", "chat 3": "d", "voice 2": "e", "call 2": "e"}

_NOT_THESE = {
    "": "Alice is Idle and has free capacity, so TaskRouter offers her some of the five.",
    "a": "a chat doesn't keep a call away, because each channel has its own capacity.",
    "ab": "Alice's capacity for chats is 2, and you have one chat.",
    "ac": "these are only chats, and full chats don't keep a call away.",
    "acd": "her capacity for chats is 2, and these are three chats.",
    "abcd": "her capacity for chats is 2, and a, c and d are three chats.",
    "abce": "call b is only pending, but it already uses her capacity of 1 for calls.",
    "abcde": "chat d and call e find their channel full.",
    "b": "you have no chat, and a call doesn't keep a chat away.",
    "be": "her capacity for calls is 1, and these are two calls.",
    "de": "you have the last ones, and TaskRouter offers the oldest Task of a queue first.",
}
"""Wrong answers to 10.1, each with the reason."""

_LETTERS = {
    "a": "it's the first chat, and her chats are empty.",
    "b": "it's the first call, and her calls are empty.",
    "c": "it's the second chat, and her capacity for chats is 2.",
    "d": "it's the third chat, and a and c use her capacity of 2.",
    "e": "it's the second call, and b uses her capacity of 1.",
}
"""Reason why each Task is offered, or isn't."""


def finds_the_offered(offered: object) -> str:
    """10.1: the Tasks that TaskRouter offers at once; the check creates all five in a Workspace of its own."""
    given = _read_offered(offered)
    right = _offer_five()
    if given == right:
        return "two chats and one call: each channel counts on its own, and pending Reservations count, too."
    first = next(letter for letter in _ARRIVALS if (letter in given) != (letter in right))
    reason = f"{'it is offered' if first in right else 'it waits'}: {_LETTERS[first]}"
    pointer = f"Look at Task {first} ({_ARRIVALS[first]}). {reason[0].upper()}{reason[1:]}"
    if given in _NOT_THESE:
        raise NotYet(_NOT_THESE[given], "count each channel alone, in the order of arrival.", pointer=pointer)
    raise NotYet(
        f"Task {first} {'is missing' if first in right else 'is too many'}: {_LETTERS[first]}", pointer=pointer
    )


def _read_offered(offered: object) -> str:
    """Return the letters of the answer in alphabetical order; "nobody" is none.

    Raises:
        NotYet: it is something else.
    """
    words = normalize(offered) if isinstance(offered, str) else ""
    if means_all(offered):
        return "".join(_ARRIVALS)
    if words in ("nobody", "none", "nothing", "no one") or (isinstance(offered, list | tuple) and not offered):
        return ""
    if "accept" in words or "depends" in words:
        raise NotYet("an offer counts before anybody accepts it, so nothing depends on that.", "write letters.")
    letters = read_order("offered", list(offered) if isinstance(offered, set | frozenset) else offered, "abcde", _NAMES)
    strange = sorted(set(letters) - set(_ARRIVALS))
    if strange:
        raise NotYet(f"there is no Task {strange[0]} in this exercise.", f"the letters are {join_words(_ARRIVALS)}.")
    return "".join(sorted(set(letters)))


def _offer_five() -> str:
    """Return the letters of the Tasks that TaskRouter offers to Alice."""
    own = OwnWorld.build()
    own.set_activity(own.sids.alice_sid, "Idle")
    own.workspace.workers(own.sids.alice_sid).worker_channels("chat").update(capacity=2)
    tasks = {
        letter: own.workspace.tasks.create(
            attributes='{"selected_language": "es"}', workflow_sid=own.sids.workflow_sid, task_channel=channel
        )
        for letter, channel in _ARRIVALS.items()
    }
    return "".join(letter for letter, task in tasks.items() if task.fetch().assignment_status == "reserved")


_VOICE = r"worker\.channel\.voice\."
_CHAT = r"worker\.channel\.chat\."
_FREE = r"available_capacity_percentage\s*"
_NUMBER = r"\s*['\"]?"
_REASONS = (
    (r"(?<![\w.])(channel|voice|chat)\.", "Names of a Worker's channels begin with `worker.channel.`.", "names"),
    (r"worker\.(voice|chat|channels)\b", "Names of a Worker's channels begin with `worker.channel.`.", "names"),
    (
        r"\.available\b",
        "Expressions can't read `available`. `available_capacity_percentage` says what is free.",
        "names",
    ),
    (r"\.(capacity|assigned)\b", "The names are in the cells under “Keep chats away during a call”.", "names"),
    (
        r"\btask\.\w*channel|\btask_channel",
        "A Task's channel isn't one of its attributes. Ask about the Worker.",
        "names",
    ),
    (r"channel\.(?!voice\b|chat\b)\w+", "That channel isn't voice or chat.", "names"),
    (r"activity", "A Worker on the phone is still Idle. Ask about the Worker's channels.", "idle"),
    (_VOICE + "assigned_tasks", "A call that rings isn't assigned yet, but it uses capacity.", "ringing"),
    (_VOICE + "configured_capacity", "`configured_capacity` doesn't change when a call comes.", "call"),
    (_VOICE + _FREE + "(>|!=)" + _NUMBER + r"0\b", "50 % free is more than 0, too.", "call"),
    (_VOICE + _FREE + "(>=|>)" + _NUMBER + r"(50|[1-4]\d?)\b", "One call of two leaves 50 %.", "call"),
    (_CHAT + _FREE, "How many chats a percentage means depends on the capacity.", "count"),
    (_CHAT + "configured_capacity", "`configured_capacity` doesn't change when a chat comes.", "count"),
    (_CHAT + r"assigned_tasks\s*(==?\s*['\"]?0|<\s*['\"]?1)\b", "At most one: one chat is still fine.", "count"),
    (_CHAT + r"assigned_tasks\s*(==?\s*['\"]?1)\b", "At most one: no chat is fine, too.", "count"),
    (_CHAT + r"assigned_tasks\s*(<=\s*['\"]?[2-9]|<\s*['\"]?[3-9])", "At most one means `<= 1`.", "count"),
    (f"^(?!.*{_VOICE})", "The expression asks nothing about calls.", "and"),
    (f"^(?!.*{_CHAT})", "The expression asks nothing about chats.", "and"),
    (r"(?i)\bOR\b", "With `OR` one of the two is enough. Both have to be true.", "and"),
    ("", "Try it with that Worker's numbers.", "numbers"),
)
"""Patterns of expressions that match the wrong Workers: the reason, and the pointer that fits. The first that matches
counts, if the expression is wrong for a Worker of whom the reason speaks."""

_SPEAKS_OF = {
    "idle": ("ringing", "accepted"),
    "call": ("ringing", "accepted"),
    "ringing": ("ringing",),
    "count": ("none",),
}
"""Calls of the Workers of whom a reason speaks, by its pointer; the other reasons speak of every Worker."""

_POINTERS = {
    "names": "The names in the cells under “Keep chats away during a call” begin with `worker.channel.voice.`.",
    "idle": "In a multitasking Workspace the Activity says nothing about Tasks. A Worker's channels do.",
    "and": "Write one condition about voice and one about chat, with `AND` between them.",
    "ringing": "Compare the two expressions under “Keep chats away during a call”. Which one sees the ringing call?",
    "call": "Without a call, all of the capacity is free. Which percentage is that?",
    "numbers": "Write down the Worker's percentage for voice and assigned Tasks for chat, and put them in.",
    "count": "`assigned_tasks` counts the accepted Tasks of a channel, whatever its capacity is.",
}


def keeps_chats_away(expression: object) -> str:
    """10.2: the expression of a target, tried on nine Workers in a Workspace of the check's own."""
    answer = read_text("expression", expression, '"worker.channel.voice.assigned_tasks == 0"')
    own = OwnWorld.build()
    try:
        matches = judge_states(own, answer)
    except TwilioException as refused:
        said = own.wire[-1].hint or str(getattr(refused, "msg", refused))
        raise NotYet("this isn't a valid expression.", take_sentences(said, 2), pointer=_POINTERS["and"]) from refused
    wrong = [state for state, is_match in zip(NINE, matches, strict=True) if is_match != state.is_free]
    if not wrong:
        dropped = " ".join(parse(answer, scope=Scope.TARGET).notes()[:2])
        praise = "of nine Workers, the expression matches the two without a call and with at most one chat."
        return f"{praise} {dropped}".rstrip()
    raise _describe_mismatch(answer, wrong, matches)


def _describe_mismatch(answer: str, wrong: list[State], matches: list[bool]) -> NotYet:
    """Return the error that names a Worker for whom the expression is wrong, and why."""
    for pattern, reason, place in _REASONS:
        about = next((state for state in wrong if state.call in _SPEAKS_OF.get(place, (state.call,))), None)
        if about is not None and re.search(pattern, answer):
            seen = "doesn't match, but should" if about.is_free else "matches, but shouldn't"
            words = f"a Worker with {about} {seen}." if any(matches) else "the expression matches none of the nine."
            return NotYet(words, reason, pointer=_POINTERS[place])
    raise AssertionError("the last pattern matches every expression")


_WORDS = ("mine", "somebody was faster", "too late")


def loses_gracefully(take: object) -> str:
    """10.3: a function that accepts an offer and returns the outcome, tried on offers in Workspaces of its own."""
    function = read_function("take", take, "reservation")
    refuse_other_cells("take", function)
    for race in RACES:
        _run_race(function, race)
    return "your function tells a lost race from an offer that is over, and hides no other error."


def _run_race(function: Callable[..., Any], race: Race) -> None:
    """Let the function take one offer.

    Raises:
        NotYet: it returns another outcome.
    """
    own = OwnWorld.build()
    reservation = race.prepare(own)
    sent = len(own.wire)
    try:
        said = call("take", function, reservation, case=f"{race.case}, ", needs_result=race.result is not None)
    except NotYet as stopped:
        _judge_error(stopped, race, own)
        return
    asked = sum(1 for each in own.wire[sent:] if each.method == "POST" and reservation.sid in each.path)
    answer = normalize(said) if isinstance(said, str) else None
    if race.result is None or answer != race.result:
        raise _describe_result(said, answer, race)
    if asked > 1:
        raise NotYet(
            f"{race.case}, `take` sent {asked} updates.",
            "one is enough: a second accept can't change the answer.",
            pointer="Call `reservation.update` once, inside `try`.",
        )
    if race.result == "mine" and reservation.fetch().reservation_status != "accepted":
        raise NotYet("`take` said “mine”, but the Reservation isn't accepted.", _ACCEPT)


_ACCEPT = 'Write `reservation.update(reservation_status="accepted")`.'


def _judge_error(stopped: NotYet, race: Race, own: OwnWorld) -> None:
    """Let an error pass that the function should pass on.

    Raises:
        NotYet: it should have caught it.
    """
    error = stopped.__cause__
    status = getattr(error, "status", None)
    if isinstance(error, TooManyRequests):
        raise NotYet(
            "`take` doesn't end: it sent 300 requests, and the check stopped it.",
            "the answer to an accept doesn't change, so send it once.",
        ) from stopped
    if not isinstance(error, TwilioException):
        raise stopped
    if race.result is None and status == race.status:
        return
    if status == race.status and race.result != "mine":
        raise NotYet(
            f"{race.case}, `take` stops with status {status}.",
            f'catch it, and return "{race.result}".',
            pointer=race.pointer or "Put the update into `try`, and look at `error.status` in `except`.",
        ) from stopped
    raise NotYet(f"{race.case}, in `take`: {hints.explain(error, own.wire)}") from stopped


def _describe_result(said: object, answer: str | None, race: Race) -> NotYet:
    """Return the error for a result that isn't the outcome of the offer."""
    if answer not in _WORDS and race.result is not None:
        words = ", ".join(f'"{each}"' for each in _WORDS)
        what = spell(said) if isinstance(said, str) else kind(said)
        return NotYet(f"{race.case}, `take` returned {what}.", f"the three answers are {words}.")
    reason, pointer = race.reasons.get(answer or "", race.otherwise)
    returned = f'"{answer}"' if answer in _WORDS else "nothing" if said is None else spell(said)
    return NotYet(f"{race.case}, `take` returned {returned}.", reason, pointer=pointer)


CHECKS = {"10.1": finds_the_offered, "10.2": keeps_chats_away, "10.3": loses_gracefully}

HINTS = {
    "10.1": Hints(
        nudge="Does Alice have one capacity for everything, or one for each channel?",
        pointer="Under “Does a full chat keep the phone away?” she has three Tasks on one channel and one on another.",
        line='offered = "ab___"',
    ),
    "10.2": Hints(
        nudge="Is a call that rings already assigned?",
        pointer="Under “Keep chats away during a call”, the second expression sees the ringing call. Add the chats.",
        line='"worker.channel.voice.___ == 100 AND worker.channel.chat.assigned_tasks <= 1"',
    ),
    "10.3": Hints(
        nudge="Which property of the error is 410?",
        pointer="Look at the error under “Who is faster?”. Its status differs from that of an offer that timed out.",
        line='return "somebody was faster" if error.status == ___ else "too late"',
    ),
}
