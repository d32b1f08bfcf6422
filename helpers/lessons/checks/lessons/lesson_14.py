"""Lesson 14: who adds which attribute, the language by the key that was pressed, and callers who hang up."""

from __future__ import annotations

from helpers.emulator.display.value_kinds import kind
from helpers.lessons.checks.answers import normalize, read_letters, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.trials.key_pressed import asks_for_a_language
from helpers.lessons.checks.trials.missed_calls import calls_back
from helpers.lessons.checks.verdict import NotYet

__all__ = ["CHECKS", "HINTS"]

_ADDS = {
    "a": "call",
    "b": "you",
    "c": "call",
    "d": "taskrouter",
    "e": "taskrouter",
    "f": "worker",
    "g": "call",
    "h": "you",
}
_NAMES = dict(
    zip(
        _ADDS,
        [
            "call_sid",
            "selected_language",
            "from",
            "worker_call_sid",
            "conference",
            "contact_uri",
            "called_city",
            "order",
        ],
        strict=True,
    )
)
_BECAUSE = {
    "a": "`<Enqueue>` puts it there. A Task made by REST has none, so dequeue can't work (40140).",
    "b": "A call has no language. It's in your `<Task>`.",
    "c": "The caller's number comes with the call.",
    "d": "It doesn't exist before somebody is called: `dequeue` or `call` adds it.",
    "e": "Only the `conference` instruction adds it.",
    "f": "It's an attribute of the Worker: the number to ring.",
    "g": "It describes the number that was dialed, and the call brings it.",
    "h": "Twilio doesn't know your orders.",
}
_OTHERWISE = {
    ("d", "worker"): "It names a call, not a person.",
    ("f", "call"): "That would be the caller. This is Alice's number.",
}
_CHOICE = 'Write "call", "you", "TaskRouter" or "worker".'


def knows_who_adds_it(adds: object) -> str:
    """14.1: where each of eight attributes comes from."""
    given = read_letters("adds", adds, tuple(_ADDS), item="attribute", value="who adds it", example="you")
    for letter, right in _ADDS.items():
        answer, where = given[letter], f'`adds["{letter}"]`'
        if not isinstance(answer, str):
            raise NotYet(f"{where} is {kind(answer)}; this exercise needs text.", _CHOICE)
        if normalize(answer) not in ("call", "you", "taskrouter", "worker"):
            raise NotYet(f"{where} is {spell(answer)}.", _CHOICE)
        if normalize(answer) != right:
            raise NotYet(
                f"`{_NAMES[letter]}` has another origin.",
                _OTHERWISE.get((letter, normalize(answer)), _BECAUSE[letter]),
                pointer=f"Look for `{_NAMES[letter]}` under “What does a call bring along?” and after it. When was it "
                "there for the first time?",
            )
    return "the call describes both ends, you say what the customer wants, and TaskRouter adds what it connects."


CHECKS = {"14.1": knows_who_adds_it, "14.2": asks_for_a_language, "14.3": calls_back}

HINTS = {
    "14.1": Hints(
        nudge="What does a phone company know about a call, and what does only your shop know?",
        pointer="Compare the attributes under “What does a call bring along?” with those after “Ring Alice's phone”.",
        line='"b": "___"',
    ),
    "14.2": Hints(
        nudge="Where does a POST carry its fields, and of which type are they?",
        pointer="Look at “Why does everybody get English?”: there, the two sides of `==` have different types.",
        line='request.form.get("___")',
    ),
    "14.3": Hints(
        nudge="What does the event know that the Task no longer can tell?",
        pointer="`virtual_start_time` says since when a Task waits. The event has the time in `TaskDateCreated`, in "
        "seconds.",
        line="workspace.tasks.create(attributes=json.dumps(kept), workflow_sid=workflow_sid, virtual_start_time=___)",
    ),
}
