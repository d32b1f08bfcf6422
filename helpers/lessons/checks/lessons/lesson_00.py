"""Lesson 0: the five stages, a request corrected by its error, and the Activities that are available."""

from __future__ import annotations

import inspect
import re
from difflib import get_close_matches

from twilio.rest.taskrouter.v1.workspace import WorkspaceContext, WorkspaceInstance

from helpers.connection import connect
from helpers.emulator.display.value_kinds import kind
from helpers.emulator.sids import is_sid
from helpers.lessons.checks.answers import join_words, normalize, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.letter_order import read_order, require_each
from helpers.lessons.checks.subjects.lesson_world import find_world, name_of
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
    "d": "a Task's first stage is that somebody creates it",
    "e": "TaskRouter reserves only a Worker who is available",
    "a": "a Worker can accept a Reservation only after TaskRouter has created it",
    "c": "accepting the Reservation is what assigns the Task",
}
"""Reasons why each stage has to wait for the one before it."""

_ACTIVITIES = {
    "Idle": "In which Activity was Alice when she got her Task?",
    "Available": "What is that Activity called in a new Workspace?",
    "Offline": "Alice got no Task while she was Offline.",
    "Busy": "A Worker who is Busy isn't available for another Task.",
    "Reserved": "In the tutorial, a Worker is Reserved while an offer is pending.",
    "Unavailable": "The name says it: in this Activity a Worker isn't available.",
}
"""Activities by name: what leads to the two that are available, and why the others aren't."""
_RIGHT_ACTIVITIES = ("Idle", "Available")


def stages_in_order(stages: object) -> str:
    """0.1: the letters of the five stages, the first stage first."""
    given = read_order("stages", stages, RIGHT, {name: letter for letter, name in STAGES.items()})
    require_each(given, STAGES, "Use each of the letters a to e once.")
    if given == RIGHT[::-1]:
        raise NotYet(
            "the stages are in the opposite order.",
            "Start with the one that creates the Task.",
            pointer="Read your letters from the last one to the first.",
        )
    for place, (letter, right) in enumerate(zip(given, RIGHT, strict=True)):
        if letter != right:
            wrong = f"“{STAGES[letter]}” comes too early: {_BEFORE[letter]}."
            raise NotYet(
                wrong,
                f"The letters before it are right: {given[:place]}." if place else "",
                pointer=f"The list below the preview says what comes right before “{STAGES[letter]}”.",
            )
    return "TaskRouter reserves a Worker who is available. The Worker accepts, and that assigns the Task."


def reads_the_workspace(shop: object) -> str:
    """0.2: the Workspace of the preview, fetched by its SID."""
    if isinstance(shop, str):
        _refuse_text(shop)
    if isinstance(shop, WorkspaceContext):
        raise NotYet(
            "`shop` says which Workspace you mean, but no request was sent.",
            "Add `.fetch()` at the end.",
            pointer="Compare your line with the one that failed: what is at its end?",
        )
    if inspect.ismethod(shop):
        raise NotYet(f"`shop` is {kind(shop)}.", f"Add parentheses: `.{shop.__name__}()`.")
    if isinstance(shop, list) and any(isinstance(each, WorkspaceInstance) for each in shop):
        raise NotYet(
            "`shop` is a list of Workspaces.",
            "Fetch one Workspace by its SID, `story.workspace_sid`.",
            pointer="`workspaces.list()` returns all of them. The line that failed asks for one.",
        )
    if not isinstance(shop, WorkspaceInstance):
        raise NotYet(f"`shop` is {kind(shop)}, not a Workspace.", _BEGIN)
    if shop.sid != find_world(connect().make_onlooker()).workspace_sid:
        raise NotYet("this is another Workspace, or one of an earlier run.", "Pass `story.workspace_sid`.")
    return "This is the preview's Workspace. TaskRouter identifies it by its SID, and its name is in the response."


_BEGIN = "Start with the line that failed, and change what is in its first parentheses."


def _refuse_text(shop: str) -> None:
    if is_sid(shop, "WS"):
        raise NotYet(
            "this is the SID of a Workspace, not the Workspace.",
            "Pass it to `workspaces(...)`, and add `.fetch()`.",
            pointer="The line that failed has the right form. Your SID belongs where the name is.",
        )
    if is_sid(shop, ""):
        raise NotYet(f"this SID begins with {shop[:2]}. A Workspace's begins with WS.", "Use `story.workspace_sid`.")
    if shop.strip() == connect().workspace_name:
        raise NotYet("this is the Workspace's name, not the Workspace.", _BEGIN)
    raise NotYet("`shop` is text, not a Workspace.", _BEGIN)


def available_activities(can_get_tasks: object) -> str:
    """0.3: the Activities in which TaskRouter can offer a Worker a Task."""
    given = [_read_activity(each) for each in _read_list(can_get_tasks)]
    for wrong in given:
        if wrong not in _RIGHT_ACTIVITIES:
            raise NotYet(
                f"{wrong} doesn't belong in the list.",
                _ACTIVITIES[wrong],
                pointer=f"Find {wrong} in the table under “Which Activities are available?”.",
            )
    for right in _RIGHT_ACTIVITIES:
        if right not in given:
            raise NotYet(
                f"{given[0]} is right, and one more name belongs in the list.",
                _ACTIVITIES[right],
                pointer=f"The other name is in the same row as {given[0]}, in the table of Activities.",
            )
    return "Idle and Available are both available, so TaskRouter can offer Tasks to a Worker in either of them."


def _read_list(answer: object) -> list[object]:
    if isinstance(answer, str):
        return [each for each in re.split(r"[,;]|\band\b", answer) if each.strip()] or _refuse_empty()
    if isinstance(answer, list | tuple | set | frozenset):
        return list(answer) or _refuse_empty()
    raise NotYet(f"`can_get_tasks` is {kind(answer)}.", 'Write a list of names, such as ["Offline", "Busy"].')


def _refuse_empty() -> list[object]:
    raise NotYet("there is no Activity in the list.", _ACTIVITIES["Idle"])


def _read_activity(answer: object) -> str:
    name = name_of(answer)
    if not isinstance(name, str):
        raise NotYet(f"there is {kind(answer)} in the list.", "Write names of Activities, in quotes.")
    if is_sid(name, ""):
        raise NotYet("there is a SID in the list.", "Write the Activity's name instead.")
    names = {each.lower(): each for each in _ACTIVITIES}
    said = normalize(name)
    if said not in names:
        close = get_close_matches(said, names, n=1)
        meant = f"Did you mean {names[close[0]]}?" if close else f"The six are {join_words(_ACTIVITIES)}."
        raise NotYet(f"{spell(name)} isn't one of the six Activities.", meant)
    return names[said]


CHECKS = {"0.1": stages_in_order, "0.2": reads_the_workspace, "0.3": available_activities}

HINTS = {
    "0.1": Hints(
        nudge="What has to exist before TaskRouter can look for a Worker?",
        pointer="The strip below each cell of the preview shows the stages from left to right.",
        line='stages = "bd___c"',
    ),
    "0.2": Hints(
        nudge="What did the failed line pass, a name or a SID?",
        pointer="The first cell of the preview passes `story.workspace_sid` to get a Workspace. "
        "`.fetch()` sends the request.",
        line="shop = client.taskrouter.v1.workspaces(___).fetch()",
    ),
    "0.3": Hints(
        nudge="In which Activity was Alice when she got her Task?",
        pointer="In the table under “Which Activities are available?”, one row says yes.",
        line='can_get_tasks = ["Idle", "___"]',
    ),
}
