"""Lesson 0: the five stages, a request corrected by its error, and the Activities that are available."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from twilio.rest.taskrouter.v1.workspace import WorkspaceContext, WorkspaceInstance

from helpers.connection import connect
from helpers.emulator.display.value_kinds import kind
from helpers.emulator.sids import is_sid
from helpers.lessons.checks.answers import join_words, normalize, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.subjects.lesson_world import find_world
from helpers.lessons.checks.verdict import NotYet

__all__ = ["CHECKS", "HINTS"]

STAGES = {
    "b": "Task Created",
    "d": "eligible Worker becomes available",
    "e": "Worker reserved",
    "a": "Reservation accepted",
    "c": "Task assigned to Worker",
}
"""Stages by letter, in the right order."""
RIGHT = "".join(STAGES)

_BEFORE = {
    "d": "the Task is there before anybody is found for it",
    "e": "TaskRouter reserves a Worker who is available, nobody else",
    "a": "only a Reservation that was made can be accepted",
    "c": "the Task is assigned when its Reservation is accepted",
}
"""Reasons why each stage has to wait for the one before it."""

_BY_SID = "`client.taskrouter.v1.workspaces(story.workspace_sid).fetch()` asks by the SID."
_ACTIVITIES = {
    "Idle": "Idle is the tutorial's name for an Activity that is available.",
    "Available": "a new Workspace has one Activity that is available, and that is its name.",
    "Offline": "a Worker who is Offline gets no Tasks: Alice had to become Idle first.",
    "Busy": "a Worker who is Busy is at work, but not available for Tasks.",
    "Reserved": "the tutorial's Reserved isn't available: it was for a Worker who already had an offer.",
    "Unavailable": "the name says it: Unavailable isn't available.",
}
"""Activities by name, the two that are available first, each with a reason."""
_RIGHT_ACTIVITIES = ("Idle", "Available")


def stages_in_order(stages: object) -> str:
    """0.1: the letters of the five stages, the first stage first."""
    given = _read_letters(stages)
    _refuse_other_letters(given)
    if given == RIGHT[::-1]:
        raise NotYet("this is the order backwards.", "begin with the stage in which the Task comes into being.")
    for place, (letter, right) in enumerate(zip(given, RIGHT, strict=True)):
        if letter != right:
            wrong = f"“{STAGES[letter]}” comes too early: {_BEFORE[letter]}."
            raise NotYet(f"{wrong} Letters in their place so far: {place}.")
    return "Task Created, a Worker becomes available, is reserved, accepts, and the Task is theirs."


def reads_the_workspace(shop: object) -> str:
    """0.2: the Workspace of the preview, fetched by its SID."""
    if isinstance(shop, str):
        _refuse_text(shop)
    if isinstance(shop, WorkspaceContext):
        raise NotYet("no request was sent yet: this is only the way to a Workspace.", "call `.fetch()` at the end.")
    if isinstance(shop, list) and any(isinstance(each, WorkspaceInstance) for each in shop):
        raise NotYet("`shop` is a list of Workspaces.", f"ask for one of them. {_BY_SID}")
    if not isinstance(shop, WorkspaceInstance):
        raise NotYet(f"`shop` is {kind(shop)}, not a Workspace.", "begin as the cell that failed does.")
    if shop.sid != find_world(connect().make_onlooker()).workspace_sid:
        raise NotYet(
            "this is another Workspace, or one of an earlier run.", "`story.workspace_sid` is the SID to ask by."
        )
    return "TaskRouter found the Workspace by its SID, and its name is in the response."


def _refuse_text(shop: str) -> None:
    if is_sid(shop, "WS"):
        raise NotYet("this is the Workspace's SID, not the Workspace.", f"send a request with it. {_BY_SID}")
    if is_sid(shop, ""):
        raise NotYet(f"this SID begins with {shop[:2]}; a Workspace's begins with WS.", "use `story.workspace_sid`.")
    raise NotYet("`shop` is text, not a Workspace.", "change the cell that failed, and put its result into it.")


def available_activities(can_get_tasks: object) -> str:
    """0.3: the Activities in which TaskRouter can offer a Worker a Task."""
    given = [_read_activity(each) for each in _read_list(can_get_tasks)]
    for wrong in given:
        if wrong not in _RIGHT_ACTIVITIES:
            raise NotYet(f"{wrong} doesn't belong there.", _ACTIVITIES[wrong])
    for right in _RIGHT_ACTIVITIES:
        if right not in given:
            raise NotYet("one Activity is missing.", _ACTIVITIES[right])
    return "Idle and Available are two names for the same thing: only then can TaskRouter offer the Worker a Task."


def _read_list(answer: object) -> list[object]:
    if isinstance(answer, str):
        return [each for each in re.split(r"[,;]|\band\b", answer) if each.strip()] or _refuse_empty()
    if isinstance(answer, list | tuple | set | frozenset):
        return list(answer) or _refuse_empty()
    raise NotYet(f"`can_get_tasks` is {kind(answer)}.", 'a list of names is needed, such as ["Offline", "Busy"].')


def _refuse_empty() -> list[object]:
    raise NotYet("there is no Activity in it.", "in which one did Alice get her Task?")


def _read_activity(answer: object) -> str:
    name = getattr(answer, "friendly_name", answer)  # of an Activity as the SDK gives it
    if not isinstance(name, str):
        raise NotYet(f"there is {kind(answer)} in the list.", "write the names of Activities, in quotes.")
    if is_sid(name, ""):
        raise NotYet("there is a SID in the list.", "write the Activity's name instead.")
    names = {each.lower(): each for each in _ACTIVITIES}
    said = normalize(name)
    if said not in names:
        close = get_close_matches(said, names, n=1)
        meant = f"did you mean {names[close[0]]}?" if close else f"the six are {join_words(_ACTIVITIES)}."
        raise NotYet(f"{spell(name)} isn't one of the six Activities.", meant)
    return names[said]


def _read_letters(stages: object) -> str:
    """Return the answer as letters; it can also be a list of letters or of the stages' names."""
    if isinstance(stages, str):
        return _read_words([stages])
    if isinstance(stages, list | tuple) and all(isinstance(each, str) for each in stages):
        return _read_words(stages)
    raise NotYet(
        f"`stages` is {kind(stages)}; this exercise needs text.", 'Write five letters in quotes, such as "abcde".'
    )


def _read_words(words: Iterable[str]) -> str:
    letters = {name.lower(): letter for letter, name in STAGES.items()}
    return "".join(letters.get(normalize(word), re.sub(r"[^a-z0-9]", "", word.lower())) for word in words)


def _refuse_other_letters(given: str) -> None:
    if not given:
        raise NotYet("`stages` is an empty text.", 'Write five letters in quotes, such as "abcde".')
    if any(letter.isdigit() for letter in given):
        raise NotYet(
            "there are numbers in it; the stages have the letters a to e.",
            'Write the letters in your order, such as "abcde".',
        )
    if len(given) > 2 * len(RIGHT):
        raise NotYet("this is more than five letters.", 'the letters alone are enough, such as "abcde".')
    strange = sorted(set(given) - set(RIGHT))
    missing = sorted(set(RIGHT) - set(given))
    twice = sorted(letter for letter in RIGHT if given.count(letter) > 1)
    problems = [
        *_about(strange, "isn't one of the five", "aren't among the five"),
        *_about(missing, "is missing", "are missing"),
        *_about(twice, "is there more than once", "are there more than once"),
    ]
    if problems:
        raise NotYet(f"{'. '.join(problems)}.", "Use each of the letters a to e once.")


def _about(letters: list[str], one: str, several: str) -> list[str]:
    if not letters:
        return []
    return [f"The letter {letters[0]} {one}" if len(letters) == 1 else f"The letters {join_words(letters)} {several}"]


CHECKS = {"0.1": stages_in_order, "0.2": reads_the_workspace, "0.3": available_activities}

HINTS = {
    "0.1": Hints(
        nudge="What has to exist before TaskRouter can look for a Worker?",
        pointer="The strip below the cells of the preview names the stages from left to right.",
        line='stages = "bd___c"',
    ),
    "0.2": Hints(
        nudge="By what does TaskRouter identify a resource, and what did the cell pass instead?",
        pointer="The first cell of the preview passes `story.workspace_sid` to get a Workspace. "
        "The request is sent by `.fetch()`.",
        line="shop = client.taskrouter.v1.workspaces(___).fetch()",
    ),
    "0.3": Hints(
        nudge="In which of the six Activities did Alice get her Task, and what is it called in a new Workspace?",
        pointer="The table under “Which Activities are available?” has a row with yes.",
        line='can_get_tasks = ["Idle", "___"]',
    ),
}
