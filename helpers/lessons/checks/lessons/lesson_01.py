"""Lesson 1: expressions select Workers, filters select queues."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

from twilio.base.exceptions import TwilioException

from helpers.connection import connect
from helpers.emulator.display.value_kinds import kind
from helpers.emulator.expressions import ExpressionError, Scope, parse
from helpers.emulator.sids import is_sid
from helpers.guide.hints.twilio_error import read_refusal
from helpers.lessons.checks.answers import join_words, normalize, read_letters, read_text, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.subjects.lesson_world import find_world
from helpers.lessons.checks.subjects.own_world import OwnWorld
from helpers.lessons.checks.verdict import NotYet
from helpers.lessons.story import QUEUES, WORKERS, workspace_of

__all__ = ["CHECKS", "HINTS"]

_COLLEAGUES = {"who speaks French only": ["fr"], "who speaks Spanish only": ["es"]}
"""Languages of Workers who could join later; the expression should select the first and not the second."""

_WHERE = {
    "a": ("Spanish", 'the first filter compares `selected_language` with "es", and it is.'),
    "b": ("English", "the second filter matches; other attributes don't matter."),
    "c": ("nowhere", "the filters read `selected_language`, and this Task has only `language`."),
    "d": ("nowhere", '"ES" isn\'t "es": comparisons mind upper and lower case.'),
}
_MATCHES = {
    "a": ("alice", "her attribute `languages` is a list with this text in it."),
    "b": ("nobody", '"languages" in quotes is a text, not the attribute.'),
    "c": ("nobody", "`languages` is a list, and `==` never finds a list equal to a text."),
    "d": ("nobody", "`es` without quotes is the name of an attribute, and no Worker has it."),
}
_NOWHERE = ("nowhere", "canceled", "cancelled", "none", "no", "no queue")
_PLACES = 'write "Spanish", "English" or "nowhere".'


def selects_bob_only(without_spanish: object) -> str:
    """1.1: a TargetWorkers expression for everybody without Spanish."""
    expression = read_text("without_spanish", without_spanish, "'languages HAS \"en\"'")
    names = re.search(r"\b(friendly_name|sid|bob|alice)\b", expression, re.IGNORECASE)
    if names:
        raise NotYet(
            f"`{names[0]}`: this asks who somebody is.",
            "the next colleague without Spanish has another name and SID; ask for languages.",
        )
    selected = _select(expression)
    if selected != ["Bob"]:
        who = join_words(selected) if selected else "nobody"
        raise NotYet(f"`{expression}` selects {who}; it should select Bob alone.", _say_why(expression, selected))
    _refuse_for_colleagues(expression)
    return f"`{expression}` selects Bob, and everybody else without Spanish."


def routes_as_the_workflow(goes_to: Any) -> str:
    """1.2: the queues of the four Tasks."""
    given = read_letters("goes_to", goes_to, list(_WHERE), item="Task", value="a place", example="Spanish")
    for letter, (right, because) in _WHERE.items():
        place = _read_place(letter, given[letter])
        if place != right:
            raise NotYet(f"Task {letter} doesn't go {'nowhere' if place == 'nowhere' else f'to {place}'}.", because)
    return "two find their queue; two go nowhere, and TaskRouter would cancel them at once."


def finds_the_expressions_that_never_match(matches: Any) -> str:
    """1.3: whom each of four expressions selects."""
    given = read_letters("matches", matches, list(_MATCHES), item="expression", value="a name", example="nobody")
    for letter, (right, because) in _MATCHES.items():
        if _read_match(letter, given[letter]) != right:
            raise NotYet(f"expression {letter} {'matches Alice' if right == 'alice' else 'matches nobody'}.", because)
    return "TaskRouter accepts all four without an error, and three of the queues would stay empty."


def _read_match(letter: str, answer: object) -> str:
    name = getattr(answer, "friendly_name", answer)  # of a Worker as the SDK gives it
    said = "nobody" if name is None else normalize(name) if isinstance(name, str) else kind(name)
    said = "nobody" if said in ("no one", "none") else said
    if said == "bob":
        raise NotYet(f"expression {letter} doesn't match Bob.", "he speaks English only, and all four ask for es.")
    if said not in ("alice", "nobody"):
        raise NotYet(f'`matches["{letter}"]` is {spell(answer)}.', 'write "Alice" or "nobody".')
    return said


def _select(expression: str) -> list[str]:
    try:
        workers = OwnWorld.build().workspace.workers.list(target_workers_expression=expression)
    except TwilioException as error:
        refused = read_refusal(error)
        if refused is None:
            raise
        raise NotYet(
            f"`{expression}` isn't an expression. TaskRouter says: {refused.message}.", _suggest(expression)
        ) from error
    return sorted(worker.friendly_name for worker in workers)


def _suggest(expression: str) -> str:
    """Return the parser's suggestion for a wrong expression; empty if it has none."""
    try:
        parse(expression, scope=Scope.WORKER)
    except ExpressionError as error:
        return error.suggestion or ""
    return ""


def _say_why(expression: str, selected: list[str]) -> str:
    """Return why the wrong Workers are selected: everybody, the opposite, or nobody."""
    parsed = parse(expression, scope=Scope.WORKER)
    if parsed.left_out:
        return " ".join(parsed.left_out.sentences()[:2])
    if selected == ["Alice"]:
        return "it matches whoever speaks Spanish, which is the opposite. `NOT IN` has the list on its right."
    if not selected:
        reasons = "; ".join(dict.fromkeys(each.reason for each in parsed.trace(WORKERS["Bob"]).failures()))
        return f"Bob isn't selected: {reasons}{'' if reasons.endswith('?') else '.'}"
    strange = sorted(".".join(path) for path in parsed.references if path[0] != "languages")
    if not parsed.references:
        return "it reads no attribute, so it's the same for everybody. Names of attributes stand without quotes."
    if strange:
        return (
            f"no Worker has an attribute `{strange[0]}`: a text stands in quotes, and these Workers have `languages`."
        )
    return "Alice speaks English, too: ask for the language that she has and Bob hasn't, as it's written in her list."


def _refuse_for_colleagues(expression: str) -> None:
    parsed = parse(expression, scope=Scope.WORKER)
    for (who, languages), wanted in zip(_COLLEAGUES.items(), (True, False), strict=True):
        if parsed.matches({"languages": languages}) != wanted:
            fails = "doesn't select" if wanted else "also selects"
            raise NotYet(f"`{expression}` selects Bob, but {fails} a new colleague {who}.", "ask only for Spanish.")


def _read_place(letter: str, answer: object) -> str:
    """Return the place in the exercise's words; the answer can also be a queue, its full name or SID, or "canceled".

    Raises:
        NotYet: it isn't a place.
    """
    if answer is None:
        return "nowhere"
    name = getattr(answer, "friendly_name", answer)  # of a TaskQueue as the SDK gives it
    if not isinstance(name, str):
        raise NotYet(f'`goes_to["{letter}"]` is {kind(answer)}; a place is text.', _PLACES)
    said = normalize(_fetch_name(name) if is_sid(name, "WQ") else name).removesuffix(" queue")
    if said in _NOWHERE:
        return "nowhere"
    for full in QUEUES:
        short = full.rpartition(" - ")[2]
        if said in (short.lower(), full.lower()):
            return short
    raise NotYet(f'`goes_to["{letter}"]` is {spell(answer)}, which is no place. {_instead(said)}'.rstrip(), _PLACES)


def _instead(said: str) -> str:
    if said in ("alice", "bob"):
        return "That is a Worker; a filter chooses a queue."
    if said in ("es", "en"):
        return "That is the value of the attribute."
    close = get_close_matches(said, ("spanish", "english", "nowhere"), n=1)
    return f"Did you mean “{close[0]}”?" if close else ""


def _fetch_name(queue_sid: str) -> str:
    client = connect().make_onlooker()
    queues = workspace_of(client, find_world(client)).task_queues.list()
    return next((queue.friendly_name for queue in queues if queue.sid == queue_sid), queue_sid)


CHECKS = {
    "1.1": selects_bob_only,
    "1.2": routes_as_the_workflow,
    "1.3": finds_the_expressions_that_never_match,
}

HINTS = {
    "1.1": Hints(
        nudge="Which language does Alice have in her list that Bob doesn't?",
        pointer="Besides `list HAS value` there are `value IN list` and `value NOT IN list`. Only text needs quotes.",
        line="without_spanish = '\"es\" ___ languages'",
    ),
    "1.2": Hints(
        nudge="Which attribute do both filters read, and with what do they compare it?",
        pointer="Compare each Task's attributes with the cell that builds `filters`, letter by letter.",
        line='goes_to = {"a": "Spanish", "b": "English", "c": ___, "d": "nowhere"}',
    ),
    "1.3": Hints(
        nudge="Which parts of each expression are in quotes, and what does TaskRouter read without quotes?",
        pointer="Pass each expression to `try_expression` and read “Why not” beside Alice.",
        line='matches = {"a": "Alice", "b": "nobody", "c": ___, "d": "nobody"}',
    ),
}
