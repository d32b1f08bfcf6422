"""Lesson 5: accept, then complete, for one Task and for all that wait."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from twilio.base.exceptions import TwilioException, TwilioRestException

from helpers.connection import connect
from helpers.emulator.explanations import explain
from helpers.emulator.sdk.sdk_reading import fetch_or_none, is_gone
from helpers.guide.hints import hints
from helpers.lessons.checks.answers import call, join_words, normalize, read_function, read_text, spell, uses_argument
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.subjects.lesson_world import find_world
from helpers.lessons.checks.subjects.own_world import OwnWorld, TooManyRequests
from helpers.lessons.checks.subjects.routing_moment import await_routing
from helpers.lessons.checks.verdict import NotJudged, NotYet
from helpers.lessons.story import workspace_of

__all__ = ["CHECKS", "HINTS"]


def serves_a_task(serve: object) -> str:
    """5.1: a function that accepts a Task's Reservation and completes the Task."""
    function = read_function("serve", serve, "task_sid")
    if not uses_argument(function):
        raise NotYet(
            "`serve` never uses its argument, so it can't serve the Task that it is given.",
            "write `task_sid` where the SID belongs, not a variable of another cell.",
        )
    client = connect().client
    world = find_world(client)
    workspace = workspace_of(client, world)
    spanish = json.dumps({"selected_language": "es"})
    task = workspace.tasks.create(attributes=spanish, workflow_sid=world.workflow_sid)
    try:
        return _serve(workspace, task.sid, function)
    finally:
        _delete(workspace, task.sid)


def _serve(workspace: Any, task_sid: str, serve: Callable[[Any], Any]) -> str:
    task = await_routing(workspace.tasks(task_sid).fetch())
    if task.assignment_status != "reserved":
        raise NotJudged(
            f"nobody is reserved for the check's Task, so there is nothing to serve: {explain(task).short}",
            "run the lesson's cells, from the one with `catch_up(5)` on, and then this one again.",
        )
    try:
        call("serve", serve, task_sid)
    except NotYet as stopped:
        if isinstance(stopped.__cause__, TwilioException):
            raise NotYet(f"in `serve`: {_explain(stopped.__cause__)}") from stopped
        raise
    status = _fetch_status(workspace, task_sid)
    if status == "completed":
        return "accepted, then completed."
    raise NotYet(
        *_ENDED.get(status, (f"after `serve` the Task is {status}.", "accept its Reservation, then complete it."))
    )


_ENDED = {
    "reserved": ("after `serve` the Task is still reserved.", "update the Reservation first."),
    "assigned": ("after `serve` the Task is assigned.", 'Send one more update: `assignment_status="completed"`.'),
    "wrapping": ("after `serve` the Task is wrapping up.", 'Send one more update: `assignment_status="completed"`.'),
    "pending": (
        "after `serve` the Task is pending again: its Reservation was not accepted.",
        'the status to set is `reservation_status="accepted"`.',
    ),
    "canceled": (
        "after `serve` the Task is canceled, so nobody worked on it.",
        "accept its Reservation, then complete it.",
    ),
    "deleted": ("after `serve` the Task is gone: it was deleted.", "a Task that is done is completed, not deleted."),
}


def _explain(error: TwilioException) -> str:
    return hints.explain(error, connect().wire)


def _fetch_status(workspace: Any, task_sid: str) -> str:
    task = fetch_or_none(workspace.tasks(task_sid))
    return "deleted" if task is None else str(task.assignment_status)


def _delete(workspace: Any, task_sid: str) -> None:
    try:
        workspace.tasks(task_sid).delete()
    except TwilioRestException as error:
        if not is_gone(error):  # the learner's function can have deleted it already
            raise


_WAS = {
    "pending": "TaskRouter has reserved Alice for the Task, so it isn't pending any more.",
    "assigned": "then TaskRouter would have completed it: the message says that it is *not* assigned.",
    "accepted": "that's a status of a Reservation. A Task is never accepted.",
    "completed": "TaskRouter refused to complete it.",
    "canceled": "nobody canceled it.",
    "wrapping": "a Task can only wrap up after a Worker has accepted it.",
    "offered": "the Reservation is the offer; the Task's status has another name.",
}
"""Wrong statuses of the Task in 5.2, each with the reason."""
_REPAIRS = {
    "a": "TaskRouter assigns the Task itself, when its Reservation is accepted. No update of the Task accepts it.",
    "c": "Alice is Idle, and TaskRouter has reserved her already.",
    "d": "the second request gets the same response: nothing has changed in between.",
}
"""Wrong repairs of 5.2, each with the reason."""


def repairs_the_order(was: object, repair: object) -> str:
    """5.2: the status of a Task that can't be completed yet, and the change that mends the code."""
    status = normalize(read_text("was", was, '"pending"')).replace("cancelled", "canceled")
    if status in _WAS:
        raise NotYet(f"the Task isn't {status}: {_WAS[status]}", "which status has a Task with a pending Reservation?")
    if status != "reserved":
        raise NotYet(
            f"`was` is {spell(was)}, which isn't an `assignment_status`.", "Is it pending, reserved or assigned?"
        )
    letter = normalize(read_text("repair", repair, '"a"'))
    if letter in _REPAIRS:
        raise NotYet(f"`was` is right, but change {letter} doesn't help: {_REPAIRS[letter]}")
    if letter != "b":
        raise NotYet(f"`was` is right, but `repair` is {spell(repair)}.", "Write one of the letters a to d.")
    return "the Task was only reserved. Once its Reservation is accepted, it's assigned, and can be completed."


_BEFORE = {
    ("b", "e"): "line e lists the Reservations of `task`, and only line b gives `task` a value.",
    ("d", "e"): "line e finds no Reservation yet, because nobody who speaks Spanish is available.",
    ("e", "c"): "line c updates `reservation`, and only line e gives it a value.",
    ("c", "a"): "line a completes the Task, and only an assigned Task can be completed.",
}
"""Pairs of lines of which the first has to come first, each with the reason."""


def lines_in_order(order: object) -> str:
    """5.3: the lines that take a Task through all five stages."""
    if order and isinstance(order, list | tuple) and all(isinstance(each, str) for each in order):
        order = "".join(order)
    letters = re.sub(r"[^a-z0-9]", "", read_text("order", order, '"abcde"').lower())
    if strange := sorted(set(letters) - set("abcde")):
        raise NotYet(f"there is no line {strange[0]}.", "the lines are a to e.")
    if missing := sorted(set("abcde") - set(letters)):
        wrong = f"line {missing[0]} is" if len(missing) == 1 else f"lines {join_words(missing)} are"
        raise NotYet(f"the {wrong} missing.", "use each line once.")
    if len(letters) > len("abcde"):
        twice = next(each for each in "abcde" if letters.count(each) > 1)
        raise NotYet(f"line {twice} is there more than once.", "use each line once.")
    for (first, second), because in _BEFORE.items():
        if letters.index(first) > letters.index(second):
            raise NotYet(f"line {second} comes too early: {because}")
    if letters[0] == "d":
        return "these are all five stages. Alice is available before the customer asks, so the Task doesn't wait."
    return "these are all five stages: created, available, reserved, accepted, assigned. Then the Task is completed."


_CUSTOMERS = ("es", "es", "en", "es")
"""Languages of the customers who wait in 5.4."""


def serves_everybody(serve_all: object) -> str:
    """5.4: a function that serves Tasks until nobody waits, tried in a Workspace of the check's own."""
    function = read_function("serve_all", serve_all, "workspace")
    if not uses_argument(function):
        raise NotYet(
            "`serve_all` never uses its argument, so it can't serve the Workspace that it is given.",
            "write `workspace` in the parentheses after its name, and in its lines.",
        )
    own = OwnWorld.build()
    for worker in (own.sids.alice_sid, own.sids.bob_sid):
        own.set_activity(worker, "Idle")
    sids = [_create(own, language) for language in _CUSTOMERS]
    _run_for_all(function, own.workspace)
    statuses = [_fetch_status(own.workspace, sid) for sid in sids]
    if statuses == ["completed"] * len(sids):
        return "all Tasks are completed, and so are those that were offered in the meantime."
    raise NotYet(*_describe_rest(statuses))


def _create(own: OwnWorld, language: str) -> str:
    attributes = json.dumps({"selected_language": language})
    return str(own.workspace.tasks.create(attributes=attributes, workflow_sid=own.sids.workflow_sid).sid)


def _run_for_all(function: Callable[[Any], Any], workspace: Any) -> None:
    try:
        call("serve_all", function, workspace)
    except NotYet as stopped:
        if isinstance(stopped.__cause__, TooManyRequests):
            raise NotYet(
                "your loop doesn't end: it sent 300 requests, and the check stopped it.",
                "wait for what changes: loop while there are *reserved* Tasks, and complete each one.",
            ) from stopped
        if isinstance(stopped.__cause__, TwilioException):
            raise NotYet(f"in `serve_all`: {hints.explain(stopped.__cause__)}") from stopped
        raise


def _describe_rest(statuses: list[str]) -> tuple[str, str]:
    """Return what is wrong with the Tasks that aren't completed, and the next step."""
    done = statuses.count("completed")
    so_far = f"{done} of {len(statuses)} Tasks are completed"
    if "deleted" in statuses:
        return f"{so_far}, and {statuses.count('deleted')} deleted.", "complete each Task, and delete none."
    if "canceled" in statuses:
        return f"{so_far}, and {statuses.count('canceled')} canceled.", "a Task is canceled if nobody works on it."
    if "assigned" in statuses or "wrapping" in statuses:
        return f"{so_far}, and others are accepted only.", 'Send one more update: `assignment_status="completed"`.'
    if not done:
        return f"{so_far}, and none is accepted.", "begin with one Task, as in 5.1."
    waiting = next(each for each in statuses if each != "completed")
    return (
        f"{so_far}, and another is {waiting}.",
        "a Worker who is free again gets the next Task. List the reserved Tasks again, until there are none.",
    )


CHECKS = {"5.1": serves_a_task, "5.2": repairs_the_order, "5.3": lines_in_order, "5.4": serves_everybody}

HINTS = {
    "5.1": Hints(
        nudge="What do you accept: the Task or something that belongs to it?",
        pointer="Look at the cells under “Accept Alice's Reservation” and “Complete the Task”. You need both updates.",
        line='reservation = workspace.tasks(task_sid).reservations.list(reservation_status="___")[0]',
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
