"""Lesson 11: what can't happen, a counter that survives any order of arrival, and the owner's share."""

from __future__ import annotations

from helpers.lessons.checks.answers import means_all, normalize, read_text, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.trials.open_tasks import counts_open_tasks
from helpers.lessons.checks.trials.served_share import tells_the_share
from helpers.lessons.checks.verdict import NotYet

__all__ = ["CHECKS", "HINTS"]

_POSSIBLE = {
    "a": "those two have the same millisecond, so their order means nothing.",
    "b": "an event can arrive twice. Its `Sid` says that it's the same one.",
    "d": "Alice rejected without a new Activity, so TaskRouter asks the same Worker again at once.",
}
"""Things that do happen, by letter, each with the reason."""


def knows_what_cannot_happen(impossible: object) -> str:
    """11.1: the one of four statements about event callbacks that is never true."""
    answer = normalize(read_text("impossible", impossible, '"a"'))
    named = sorted(set(answer if set(answer) <= set("abcd") else answer.replace(",", " ").replace("and", " ").split()))
    if answer in ("none", "nothing", "nobody"):
        raise NotYet(
            "One of them can't happen: arrival can be swapped, but the times at TaskRouter can't.",
            "Which statement compares two times, and not two arrivals?",
        )
    if means_all(impossible):
        raise NotYet("Three of them do happen, and this lesson shows them.", "Set one letter.")
    for letter in named:
        if letter in _POSSIBLE:
            others = " You named more than one letter, and only one is right." if len(named) > 1 else ""
            raise NotYet(f"statement {letter} can happen: {_POSSIBLE[letter]}{others}", pointer=_LOOK_AT[letter])
    if named != ["c"]:
        raise NotYet(f"{spell(impossible)} isn't one of the four letters.", "Write one of the letters a to d.")
    return "Nobody accepts an offer before it's made. The network changes the arrival, and never `TimestampMs`."


_LOOK_AT = {
    "a": "Look at the five events under “In which order did they arrive?”. Compare their times.",
    "b": "Look under “Swap, double and lose events on purpose”. One `Sid` is there twice.",
    "d": "A rejected Task goes back to its queue, and the Worker who rejected it is still available.",
}


CHECKS = {"11.1": knows_what_cannot_happen, "11.2": counts_open_tasks, "11.3": tells_the_share}

HINTS = {
    "11.1": Hints(
        nudge="What can the network change: the arrival of an event, or the time that it carries?",
        pointer="Statements a, b and d are about arrivals. Compare them with the two lists of events in this lesson.",
        line='impossible = "___"',
    ),
    "11.2": Hints(
        nudge="Is there a way to count in which neither the order nor a second copy makes a difference?",
        pointer="Look at `latest` under “Swap, double and lose events on purpose”. Or collect the SIDs of Tasks in two "
        "sets: those that were created, and those that ended.",
        line='ended = {event["TaskSid"] for event in events if event["EventType"] in ___}',
    ),
    "11.3": Hints(
        nudge="Which event begins a wait, and which two can end it?",
        pointer="Look at `moments` and `waits` under “Work out the waits by hand”. Use `TaskSid`, not the order.",
        line="in_time = [sid for sid in accepted if (accepted[sid] - ___[sid]) / 1000 <= seconds]",
    ),
}
