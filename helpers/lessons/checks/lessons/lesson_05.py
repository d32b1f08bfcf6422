"""Lesson 5: accept, then complete, for one Task and for everyone who waits."""

from __future__ import annotations

import json
from typing import Any

from helpers.emulator.sdk.sdk_reading import fetch_or_none
from helpers.lessons.checks.answers import normalize, read_function, read_text, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.letter_order import read_order, require_each
from helpers.lessons.checks.subjects.own_calls import call_with, refuse_other_cells
from helpers.lessons.checks.subjects.own_world import OwnWorld
from helpers.lessons.checks.verdict import NotYet

__all__ = ["CHECKS", "HINTS"]


def serves_a_task(serve: object) -> str:
    """5.1: a function that accepts a Task's Reservation and completes the Task, tried in the check's own Workspace."""
    function = read_function("serve", serve, "workspace", "task_sid")
    refuse_other_cells("serve", function)
    own = OwnWorld.build()
    own.set_activity(own.sids.bob_sid, "Idle")
    other = _create(own, "en")  # the first Task of a list isn't the one to serve
    own.set_activity(own.sids.alice_sid, "Idle")
    sid = _create(own, "es")
    call_with(own, "serve", function, own.workspace, sid, endless=_ENDLESS)
    if _fetch_status(own.workspace, other) != "reserved":
        raise NotYet(
            "`serve` changed another Task, which it wasn't given.",
            "start with `workspace.tasks(task_sid)`, and take the Reservations from there.",
            pointer="Lists of the Workspace hold all Tasks. `workspace.tasks(task_sid)` is the one to serve.",
        )
    status = _fetch_status(own.workspace, sid)
    if status == "completed":
        return "your function accepted the Reservation, and then completed the Task."
    if status == "reserved" and own.workspace.tasks(sid).reservations.list(reservation_status="rejected"):
        raise NotYet("`serve` rejected the Reservation.", 'set `reservation_status="accepted"`.')
    wrong, step = _ENDED.get(status, (f"after `serve` the Task is {status}.", _FIRST_ACCEPT))
    raise NotYet(wrong, step, pointer=_LOOK_AT_STEP.get(status, ""))


def _create(own: OwnWorld, language: str) -> str:
    attributes = json.dumps({"selected_language": language})
    return str(own.workspace.tasks.create(attributes=attributes, workflow_sid=own.sids.workflow_sid).sid)


def _fetch_status(workspace: Any, task_sid: str) -> str:
    task = fetch_or_none(workspace.tasks(task_sid))
    return "deleted" if task is None else str(task.assignment_status)


_ENDLESS = "each round of a loop has to complete a reserved Task, and the loop ends when there is none."
_FIRST_ACCEPT = "accept its Reservation, then complete the Task."
_THEN_COMPLETE = 'complete it with one more update: `assignment_status="completed"`.'
_ENDED = {
    "reserved": ("after `serve` the Task is still reserved.", _FIRST_ACCEPT),
    "assigned": ("after `serve` the Task is assigned.", _THEN_COMPLETE),
    "wrapping": ("after `serve` the Task is wrapping up.", _THEN_COMPLETE),
    "canceled": ("after `serve` the Task is canceled, so nobody worked on it.", _FIRST_ACCEPT),
    "deleted": (
        "after `serve` the Task is gone: it was deleted.",
        "complete a Task that is done, and don't delete it.",
    ),
}
"""Verdicts on a Task that isn't completed, by its status."""
_LOOK_AT_STEP = {
    "reserved": "Look at the cell under “Accept Alice's Reservation”. It updates the Reservation, not the Task.",
    "assigned": "Look at the cell under “Complete the Task”. Your function needs the same update, after the other one.",
}
"""Cell to look at, by the status of the Task."""


_WAS = {
    "pending": "TaskRouter had already reserved Alice for it.",
    "assigned": "the message itself says so.",
    "accepted": "that's a status of a Reservation. A Task is never accepted.",
    "completed": "TaskRouter returned an error instead.",
    "canceled": "nobody canceled it.",
    "wrapping": "a Task can only wrap up after a Worker has accepted it.",
    "offered": "the Reservation is the offer, and the Task's status has another name.",
}
"""Wrong statuses of the Task in 5.2, each with the reason."""
_REPAIRS = {
    "a": "TaskRouter assigns the Task itself when its Reservation is accepted.",
    "c": "Alice is Idle already, and TaskRouter has reserved her.",
    "d": "the second request gets the same response, because nothing has changed in between.",
}
"""Wrong repairs of 5.2, each with the reason."""


def repairs_the_order(was: object, repair: object) -> str:
    """5.2: the status of a Task that can't be completed yet, and the change that mends the code."""
    status = normalize(read_text("was", was, '"pending"'))
    if status in _WAS:
        raise NotYet(
            f"the Task wasn't {status}: {_WAS[status]}",
            "what is the status of a Task with a pending Reservation?",
            pointer="Look at the strip under “Look before you start”. The sentence below it says the Task's status.",
        )
    if status != "reserved":
        raise NotYet(
            f"`was` is {spell(was)}, which isn't an `assignment_status`.", "Is it pending, reserved or assigned?"
        )
    letter = normalize(read_text("repair", repair, '"a"'))
    if letter in _REPAIRS:
        wrong = f"`was` is right, but change {letter} doesn't help: {_REPAIRS[letter]}"
        raise NotYet(wrong, pointer="Only an assigned Task can be completed. Which line makes the Task assigned?")
    if letter != "b":
        raise NotYet(f"`was` is right, but `repair` is {spell(repair)}.", "Write one of the letters a to d.")
    return "the Task was only reserved. After its Reservation is accepted, it's assigned, and you can complete it."


_BEFORE = {
    ("b", "e"): "it lists the Reservations of `task`, and only line b gives `task` a value.",
    ("d", "e"): "it finds no Reservation yet, because nobody who speaks Spanish is available.",
    ("e", "c"): "it updates `reservation`, and only line e gives `reservation` a value.",
    ("c", "a"): "it completes the Task, and only an assigned Task can be completed.",
}
"""Pairs of lines of which the first has to come first, each with the reason."""


def lines_in_order(order: object) -> str:
    """5.3: the lines that take a Task through all five stages."""
    letters = read_order("order", order, "abcde")
    require_each(letters, "abcde", "Use each of the lines a to e once.")
    for (first, second), because in _BEFORE.items():
        if letters.index(first) > letters.index(second):
            raise NotYet(f"line {second} comes too early: {because}", pointer=f"Put line {first} before line {second}.")
    if letters[0] == "d":
        return "these are all five stages. Alice is available before the customer asks, so the Task doesn't wait."
    return "these are all five stages: created, available, reserved, accepted, assigned. Then the Task is completed."


_CUSTOMERS = ("es", "es", "en", "es")
"""Languages of the customers who wait in 5.4."""


def serves_everybody(serve_all: object) -> str:
    """5.4: a function that serves Tasks until nobody waits, tried in a Workspace of the check's own."""
    function = read_function("serve_all", serve_all, "workspace")
    refuse_other_cells("serve_all", function)
    own = OwnWorld.build()
    for worker in (own.sids.alice_sid, own.sids.bob_sid):
        own.set_activity(worker, "Idle")
    sids = [_create(own, language) for language in _CUSTOMERS]
    call_with(own, "serve_all", function, own.workspace, endless=_ENDLESS)
    statuses = [_fetch_status(own.workspace, sid) for sid in sids]
    if statuses == ["completed"] * len(sids):
        return "all four Tasks are completed, also those that TaskRouter offered in the meantime."
    wrong, step = _describe_rest(statuses)
    raise NotYet(wrong, step, pointer=_point_to_loop(statuses))


def _point_to_loop(statuses: list[str]) -> str:
    """Return where to look if some Tasks are completed and others wait; empty if it is something else."""
    if set(statuses) <= {"completed", "reserved", "pending"} and "completed" in statuses:
        return "Your loop goes through a list from before. After each completed Task, send the request for it again."
    return ""


def _describe_rest(statuses: list[str]) -> tuple[str, str]:
    """Return what is wrong with the Tasks that aren't completed, and the next step."""
    done = statuses.count("completed")
    so_far = f"{done} of {len(statuses)} Tasks are completed"
    if "deleted" in statuses:
        return f"{so_far}, and {statuses.count('deleted')} deleted.", "complete the Tasks, and don't delete them."
    if "canceled" in statuses:
        return (
            f"{so_far}, and {statuses.count('canceled')} canceled.",
            "accept and complete each Task: you cancel one that nobody will work on.",
        )
    if "assigned" in statuses or "wrapping" in statuses:
        return f"{so_far}, and others are only accepted.", "complete each Task after its Reservation is accepted."
    if not done:
        return f"{so_far}, and none is accepted.", "start with one Task, as in exercise 5.1."
    waiting = next(each for each in statuses if each != "completed")
    return (
        f"{so_far}, and another is {waiting}.",
        "a Worker who is free again gets the next Task. List the reserved Tasks again until there are none.",
    )


CHECKS = {"5.1": serves_a_task, "5.2": repairs_the_order, "5.3": lines_in_order, "5.4": serves_everybody}

HINTS = {
    "5.1": Hints(
        nudge="What do you accept: the Task or something that belongs to it?",
        pointer="You need both updates: the one in “Accept Alice's Reservation”, and the one in “Complete the Task”.",
        line='reservations = workspace.tasks(task_sid).reservations.list(reservation_status="___")',
    ),
    "5.2": Hints(
        nudge="When does a Task become assigned?",
        pointer="Look at the strips of this lesson: one before the Reservation is accepted, one after it.",
        line='was = "reser___"',
    ),
    "5.3": Hints(
        nudge="Which variable does each line use, and which line gives it a value?",
        pointer="Say the five stages in their order, and find the line for each one.",
        line='order = "bd___ca"',
    ),
    "5.4": Hints(
        nudge="Alice has completed a Task, and another one waits. What does TaskRouter do then?",
        pointer="A list is read once. After each completed Task, ask for the reserved Tasks again.",
        line='while reserved := workspace.tasks.list(assignment_status=["___"]):',
    ),
}
