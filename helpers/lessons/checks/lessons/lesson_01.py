"""Lesson 1: expressions select Workers, filters select queues, and each call needs what it uses."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

from twilio.base.exceptions import TwilioException

from helpers.emulator.display.safe_text import clip
from helpers.emulator.display.value_kinds import kind
from helpers.emulator.expressions import ExpressionError, Scope, parse
from helpers.emulator.sids import is_sid
from helpers.guide.hints.twilio_error import read_refusal
from helpers.lessons.checks.answers import join_words, normalize, read_letters, read_text, spell, take_sentences
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.letter_order import read_order, require_each
from helpers.lessons.checks.subjects.lesson_world import name_of
from helpers.lessons.checks.subjects.own_world import OwnWorld
from helpers.lessons.checks.verdict import NotYet
from helpers.lessons.story import QUEUES, WORKERS

__all__ = ["CHECKS", "HINTS"]

_COLLEAGUES = {"who speaks only French": ["fr"], "who speaks only Spanish": ["es"]}
"""Languages of Workers who could join later; the expression should match the first and not the second."""

_WHERE = {
    "a": ("Spanish", 'Its `selected_language` is "es", as filter 1 asks.'),
    "b": ("English", 'Its `selected_language` is "en", as filter 2 asks. No filter reads the other attribute.'),
    "c": ("nowhere", "The filters read `selected_language`, and this Task has only `language`."),
    "d": ("nowhere", '"ES" isn\'t "es": upper and lower case make a difference.'),
}
_MATCHES = {
    "a": ("alice", 'Her attribute `languages` is a list, and it contains "es".'),
    "b": ("nobody", '"languages" in quotes is text, not the attribute.'),
    "c": ("nobody", "`languages` is a list, and a list is never equal to text."),
    "d": ("nobody", "`es` without quotes is the name of an attribute, and no Worker has it."),
}
_SPANISH_ONLY = "You need one comparison, with one language: take the others out of your expression."
_NOWHERE = ("nowhere", "canceled", "none", "no", "no queue")
_PLACES = 'Write "Spanish", "English" or "nowhere".'


def selects_bob_only(without_spanish: object) -> str:
    """1.1: a TargetWorkers expression for everybody without Spanish."""
    expression = read_text("without_spanish", without_spanish, "'languages HAS \"en\"'")
    names = re.search(r"\b(friendly_name|sid|bob|alice)\b", expression, re.IGNORECASE)
    if names:
        raise NotYet(
            f"`{names[0]}` is about one person, not about languages.",
            "The next Worker without Spanish has a different name and SID. Compare `languages` instead.",
            pointer="Look at the expressions of the two queues. They say nothing about names.",
        )
    selected = _select(expression)
    if selected != ["Bob"]:
        who = join_words(selected) if selected else "nobody"
        raise NotYet(
            f"{_show(expression)} matches {who}, but it should match only Bob.",
            _say_why(expression, selected),
            pointer=_point_to_worker(selected),
        )
    _refuse_for_colleagues(expression)
    return f"{_show(expression)} matches Bob, and also a new colleague who speaks only French."


def _point_to_worker(selected: list[str]) -> str:
    """Return where to look after an expression that matches the wrong Workers."""
    if not selected:
        return "Pass your expression to `try_expression` and read what it says about Bob."
    if selected == ["Alice"]:
        return "Put `NOT` before `IN`. The value comes first, and the list comes last."
    return "Compare the two lists: which text is in Alice's `languages` and not in Bob's?"


def routes_as_the_workflow(goes_to: Any) -> str:
    """1.2: the queues of the four Tasks."""
    given = read_letters("goes_to", goes_to, list(_WHERE), item="Task", value="a place", example="Spanish")
    for letter, (right, because) in _WHERE.items():
        place = _read_place(letter, given[letter])
        if place != right:
            found = "matches a filter" if place == "nowhere" else f"doesn't go to the {place} queue"
            raise NotYet(
                f"Task {letter} {found}.",
                because,
                pointer=f"Run the cell with `show_routing` once more, with the attributes of Task {letter}.",
            )
    return "two Tasks reach a queue. The other two match no filter, so TaskRouter would cancel them at once."


def finds_the_expressions_that_never_match(matches: Any) -> str:
    """1.3: the Worker that each of four expressions matches."""
    given = read_letters("matches", matches, list(_MATCHES), item="expression", value="a name", example="nobody")
    for letter, (right, because) in _MATCHES.items():
        if _read_match(letter, given[letter]) != right:
            raise NotYet(
                f"expression {letter} matches {'Alice' if right == 'alice' else 'nobody'}.",
                because,
                pointer=f"Pass expression {letter} to `try_expression`, and read what it says about Alice.",
            )
    return "TaskRouter accepts all four without an error, and three of the queues would have no Workers."


def _read_match(letter: str, answer: object) -> str:
    name = name_of(answer)
    said = "nobody" if name is None else normalize(name) if isinstance(name, str) else kind(name)
    said = "nobody" if said in ("no one", "none") else said
    if said == "bob":
        raise NotYet(
            f"expression {letter} doesn't match Bob.", "He speaks only English, and all four look for Spanish."
        )
    if said not in ("alice", "nobody"):
        raise NotYet(f'`matches["{letter}"]` is {spell(answer)}.', 'Write "Alice" or "nobody".')
    return said


def _show(expression: str) -> str:
    return f"`{clip(expression.strip(), 80)}`"


def _select(expression: str) -> list[str]:
    try:
        workers = OwnWorld.build().workspace.workers.list(target_workers_expression=expression)
    except TwilioException as error:
        refused = read_refusal(error)
        if refused is None:
            raise
        said = take_sentences(refused.message, 1).rstrip(".")
        raise NotYet(
            f"{_show(expression)} isn't a valid expression. TaskRouter says: {said}.",
            take_sentences(_suggest(expression), 1),
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
        return "It matches Workers who speak Spanish, which is the opposite. Write the list after `NOT IN`."
    if not selected:
        reasons = "; ".join(dict.fromkeys(each.reason for each in parsed.trace(WORKERS["Bob"]).failures()))
        return f"Bob doesn't match: {reasons}{'' if reasons.endswith('?') else '.'}"
    strange = sorted(".".join(path) for path in parsed.references if path[0] != "languages")
    if not parsed.references:
        return "It reads no attribute, so it's the same for everybody. Write an attribute's name without quotes."
    if strange:
        return f"No Worker here has an attribute `{strange[0]}`. Put text in quotes, and compare `languages`."
    if unusual := re.search(r"""["'](E[Ss]|eS|(?i:spanish|español))["']""", expression):
        return f'Alice\'s list has no "{unusual[1]}". Spanish is "es" there.'
    return "Alice speaks English, too. Ask for the language that only she speaks."


def _refuse_for_colleagues(expression: str) -> None:
    parsed = parse(expression, scope=Scope.WORKER)
    for (who, languages), wanted in zip(_COLLEAGUES.items(), (True, False), strict=True):
        if parsed.matches({"languages": languages}) != wanted:
            but = "but not" if wanted else "but also"
            raise NotYet(
                f"{_show(expression)} matches Bob, {but} a new colleague {who}.",
                "Ask only about Spanish.",
                pointer=_SPANISH_ONLY,
            )


def _read_place(letter: str, answer: object) -> str:
    """Return the place in the exercise's words; the answer can also be a queue, its full name or SID, or "canceled".

    Raises:
        NotYet: it isn't a place.
    """
    if answer is None:
        return "nowhere"
    name = name_of(answer)
    if not isinstance(name, str):
        raise NotYet(f'`goes_to["{letter}"]` is {kind(answer)}.', _PLACES)
    said = normalize(name).removesuffix(" queue")
    if said in _NOWHERE:
        return "nowhere"
    for full in QUEUES:
        short = full.rpartition(" - ")[2]
        if said in (short.lower(), full.lower()):
            return short
    raise NotYet(f'`goes_to["{letter}"]` is {_name_wrong(name, said)}', _PLACES)


def _name_wrong(name: str, said: str) -> str:
    """Return what a wrong place is instead, up to the end of the sentence."""
    if is_sid(name, ""):
        return f"the SID {name}, which isn't that of a queue here."
    if said in ("alice", "bob"):
        return f"{spell(name)}, a Worker. A filter chooses a queue."
    if said in ("es", "en"):
        return f"{spell(name)}, the value of the attribute."
    close = get_close_matches(said, ("spanish", "english", "nowhere"), n=1)
    return f"{spell(name)}. Did you mean “{close[0].capitalize()}”?" if close else f"{spell(name)}."


_CREATES = {"f": "desk", "d": "ready", "e": "queue"}
"""Results of calls of 1.4 that other calls use, by letter."""
_USES = {"a": ("desk", "queue"), "c": ("desk", "ready"), "d": ("desk",), "e": ("desk",), "f": ()}
_BECAUSE = {
    "desk": "Everything is in a Workspace, so the Workspace comes first.",
    "ready": "A Worker's Activity is passed by its SID, so the Activity has to exist.",
    "queue": "A Workflow refers to a queue by its SID, so the queue has to exist.",
}


def calls_in_order(build_order: object) -> str:
    """1.4: the calls that build another Workspace, each after the ones whose results it uses."""
    given = read_order("build_order", build_order, "abcdef")
    if "b" in given:
        raise NotYet(
            "TaskRouter has no call b: you can't put a Worker into a TaskQueue.",
            "The queue's expression selects its Workers.",
            pointer="Leave out b. The end of “Create a queue for each language” says how a Worker gets into a queue.",
        )
    require_each(given, _USES, "Five of the six calls are needed, each once.")
    created: set[str] = set()
    for letter in given:
        for name in _USES[letter]:
            if name not in created:
                raise NotYet(
                    f"call {letter} uses `{name}`, which no call before it creates.",
                    _BECAUSE[name],
                    pointer=f"Find the call that starts with `{name} =`. It comes before call {letter}.",
                )
        created.add(_CREATES.get(letter, ""))
    return "Each call finds what it uses. Other orders work, too, if they keep to that."


CHECKS = {
    "1.1": selects_bob_only,
    "1.2": routes_as_the_workflow,
    "1.3": finds_the_expressions_that_never_match,
    "1.4": calls_in_order,
}

HINTS = {
    "1.1": Hints(
        nudge="Which language does Alice speak that Bob doesn't?",
        pointer="Use `value NOT IN list`. The value is text, so it's in quotes. The list is the attribute `languages`.",
        line="without_spanish = '\"es\" ___ languages'",
    ),
    "1.2": Hints(
        nudge="Which attribute do both filters read?",
        pointer="Compare each Task's attributes with the cell that builds `filters`, letter by letter.",
        line='goes_to = {"a": "Spanish", "b": "English", "c": ___, "d": "nowhere"}',
    ),
    "1.3": Hints(
        nudge="In each expression, what is in quotes, and what isn't?",
        pointer="Pass each expression to `try_expression`, and read what it says about Alice.",
        line='matches = {"a": "Alice", "b": "nobody", "c": ___, "d": "nobody"}',
    ),
    "1.4": Hints(
        nudge="Which call uses nothing that another call creates?",
        pointer="A call can use `ready.sid` only after the call that starts with `ready =`. "
        "The end of “Create a queue for each language” says which call doesn't exist.",
        line='build_order = "f___ea"',
    ),
}
