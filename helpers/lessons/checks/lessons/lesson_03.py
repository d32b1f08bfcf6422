"""Lesson 3: Tasks that get lost, and one for which Bob is reserved."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import Any

from twilio.rest.taskrouter.v1.workspace.task import TaskContext, TaskInstance

from helpers.connection import connect
from helpers.emulator.display.value_kinds import kind
from helpers.emulator.engine.model.statuses import ENDED, OPEN_RESERVATIONS
from helpers.emulator.explanations import explain
from helpers.emulator.sdk.sdk_reading import fetch_or_none, sid_of
from helpers.emulator.sids import is_sid
from helpers.lessons.checks.answers import join_words, normalize, read_text, refuse_list, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.subjects.lesson_world import find_world
from helpers.lessons.checks.subjects.own_world import OwnWorld
from helpers.lessons.checks.subjects.routing_moment import await_routing
from helpers.lessons.checks.trials.lost_tasks import finds_lost_tasks
from helpers.lessons.checks.verdict import NotYet
from helpers.lessons.story import workspace_of

__all__ = ["CHECKS", "HINTS"]

_LANGUAGE = "selected_language"
_WHICH_FILTER = "Which filter of the Workflow matches it?"
_NO_FILTER = "What does TaskRouter do with a Task that no filter matches?"
_ENDS = {
    "pending": ("a pending Task waits in a queue, and this Task isn't in one.", _WHICH_FILTER),
    "reserved": ("TaskRouter reserves a Worker for a Task in a queue, and this Task isn't in one.", _WHICH_FILTER),
    "assigned": ("nobody can accept this Task, because nobody is reserved for it.", _WHICH_FILTER),
    "accepted": ("a Reservation is accepted, and this Task has none.", _WHICH_FILTER),
    "completed": (
        "nobody worked on this Task, so nobody completed it.",
        "Look at the end of the step about the Workflow in lesson 1.",
    ),
    "rejected": ("a Reservation is rejected, and this Task has none.", _WHICH_FILTER),
    "timeout": ("a Reservation times out, and this Task has none.", _WHICH_FILTER),
    "created": ("status 201 says that the Task was created, but “created” isn't an `assignment_status`.", _NO_FILTER),
    "201": ("that's the HTTP status of the response.", "An `assignment_status` is a word."),
    "failed": ("nothing fails here, and “failed” isn't an `assignment_status`.", _NO_FILTER),
    "error": ("there is no error, and “error” isn't an `assignment_status`.", _NO_FILTER),
    "nowhere": ("that's where the Task goes, not its `assignment_status`.", _NO_FILTER),
}
"""Wrong answers, each with what is wrong and a hint."""

_PREPARED = "Send the attributes that the example's first line prepares, as JSON text."
_FROM_THE_START = "from the cell with `catch_up(3)`"


def finds_the_bug(ends_as: object, payload: object) -> str:
    """3.1: the end of a Task that no filter matches, and the attributes that should have been sent."""
    end = normalize(read_text("ends_as", ends_as, '"pending"'))
    end = "canceled" if end == "cancel" else end
    if end in _ENDS:
        raise NotYet(*_ENDS[end], pointer="Lesson 1 says it below the cell that creates the Workflow.")
    if end != "canceled":
        raise NotYet(f"`ends_as` is {spell(ends_as)}, which isn't an `assignment_status`.", _suggest(end))
    _refuse_other_attributes(_read_payload(payload))
    return "TaskRouter cancels the Task without an error. With the other attributes it goes to the Spanish queue."


def english_task_for_bob(english_task: Any) -> str:
    """3.2: a Task for which TaskRouter reserves Bob."""
    client = connect().make_onlooker()
    world = find_world(client)
    workspace = workspace_of(client, world)
    task = await_routing(_fetch(workspace, _read_sid(english_task)))
    statuses: dict[str, str] = {
        each.worker_name: each.reservation_status for each in workspace.tasks(task.sid).reservations.list()
    }
    if "Bob" in statuses:
        verb = "is" if statuses["Bob"] == "pending" else "was"
        return f"Bob {verb} reserved for it: he matches the English queue, and he {verb} available and free."
    own = OwnWorld.build()
    own.set_activity(own.sids.bob_sid, "Idle")
    status, would_be = own.create_task(task.attributes)
    if status == "canceled":
        raise NotYet(
            f"this Task was canceled: no filter matches {task.attributes}.",
            _explain_end(task.attributes),
            pointer="In the cell that creates the Spanish Task, change nothing but the language.",
        )
    if "Bob" not in would_be:
        raise NotYet(
            f"Bob can't get a Task with {task.attributes}.",
            "Which language does Bob speak?",
            pointer="This Task is in the Spanish queue. Change the language in its attributes to one that Bob speaks.",
        )
    if task.assignment_status in ENDED:
        raise NotYet(f"this Task is already {task.assignment_status}.", "Create a new one and check it right away.")
    if statuses:
        raise NotYet(f"{join_words(statuses)} was reserved, not Bob.", "Is Bob Idle, and is Alice Offline?")
    return _judge_waiting(workspace, task, world.bob_sid)


def _judge_waiting(workspace: Any, task: Any, bob_sid: str) -> str:
    """Accept a right Task that nobody is reserved for, if Bob has other Tasks."""
    why = explain(task).about("Bob")
    earlier = [
        each.task_sid
        for each in workspace.workers(bob_sid).reservations.list()
        if each.reservation_status in OPEN_RESERVATIONS
    ]
    if not earlier:
        raise NotYet(
            f"the Task is right, but Bob {why}.",
            f"Start the lesson again {_FROM_THE_START}. A later cell sets Bob Idle.",
        )
    return (
        f"TaskRouter reserves Bob for a Task like this as soon as he has free capacity. Now Bob {why}. "
        f"To see him reserved, start the lesson again {_FROM_THE_START}."
    )


def _read_sid(english_task: Any) -> str:
    refuse_list("english_task", english_task, "Task")
    if isinstance(english_task, str) and is_sid(english_task, "WT"):
        raise NotYet("this is the Task's SID, not the Task.", "Leave out `.sid` at the end.")
    if not isinstance(english_task, TaskInstance | TaskContext):
        raise NotYet(
            f"`english_task` is {kind(english_task)}, not a Task.",
            "Write `english_task = workspace.tasks.create(...)`.",
        )
    return sid_of(english_task) or ""


def _fetch(workspace: Any, sid: str) -> Any:
    task = fetch_or_none(workspace.tasks(sid))
    if task is None:
        raise NotYet(
            f"Task {sid} isn't in this Workspace any more: it was deleted, or the lesson began again.",
            "Create a new one.",
        )
    return task


def _read_payload(payload: object) -> Any:
    if isinstance(payload, dict):
        raise NotYet(
            "`payload` is a dictionary, and the library sends only its keys.", "Make text of it with `json.dumps`."
        )
    given = read_text("payload", payload, "the one that `json.dumps` makes")
    try:
        return json.loads(given, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise NotYet(f"`payload` is {spell(given)}, which isn't JSON: {error}.", _mend_json(given)) from error


def _refuse_constant(name: str) -> None:
    """Refuse NaN and Infinity, which Python reads and writes, but which aren't JSON."""
    raise ValueError(f"it has no {name}")


def _mend_json(given: str) -> str:
    if "'" in given:
        return "JSON needs double quotes. Let `json.dumps` write it."
    if given.lstrip().startswith("{"):
        return "Let `json.dumps({...})` write it."
    return 'Attributes are a JSON object, such as `json.dumps({"type": "support"})`.'


def _refuse_other_attributes(attributes: Any) -> None:
    """Raise ``NotYet`` unless the first filter of the Workflow matches; other attributes don't matter to it."""
    if isinstance(attributes, str):
        raise NotYet("`payload` is the JSON of a text, not of an object.", "Call `json.dumps` once, with a dictionary.")
    if not isinstance(attributes, dict):
        raise NotYet(
            f"`payload` is {kind(attributes)} in JSON, and attributes are an object.", "Write `json.dumps({...})`."
        )
    language = attributes.get(_LANGUAGE)
    if language == "es":
        return
    if _LANGUAGE in attributes:
        raise NotYet(
            f'`{_LANGUAGE}` is {spell(language)}, and the filter for Spanish compares it with "es".',
            _PREPARED,
            pointer="Copy the value from the first line of the example, letter by letter.",
        )
    close = get_close_matches(_LANGUAGE, list(attributes), n=1)
    if close:
        raise NotYet(
            f"`payload` has `{close[0]}`, but the filters read `{_LANGUAGE}`.", "Compare the names letter by letter."
        )
    raise NotYet(
        f"no filter matches {spell(attributes)}: `{_LANGUAGE}` is missing.",
        _PREPARED,
        pointer="The first line of the example has the right dictionary. Make text of it with `json.dumps`.",
    )


def _explain_end(attributes: str) -> str:
    """Return what is wrong with the attributes of a Task that no filter matches."""
    given = json.loads(attributes)
    if isinstance(given, dict) and _LANGUAGE in given:
        return f'The filters compare `{_LANGUAGE}` with "es" and "en".'
    return f"The filters read `{_LANGUAGE}`, and it's missing."


def _suggest(end: str) -> str:
    if "canceled" in end:
        return 'Write only the status: "canceled".'
    close = get_close_matches(end, ["canceled", *_ENDS], n=1)
    if close == ["canceled"]:
        return "Twilio spells it canceled, with one l."
    return "Is it pending, reserved, assigned, canceled or completed?"


CHECKS = {"3.1": finds_the_bug, "3.2": english_task_for_bob, "3.3": finds_lost_tasks}

HINTS = {
    "3.1": Hints(
        nudge='Which filter of this Workflow matches `{"type":"support"}`?',
        pointer="Compare the two lines of the example: the first prepares attributes, the second sends others. "
        "The Workflow has no default filter; lesson 1 shows what happens to a Task that no filter matches.",
        line='payload = json.dumps({"selected_language": ___})',
    ),
    "3.2": Hints(
        nudge="Which filter leads to a queue that Bob is in?",
        pointer="Copy the cell that creates the Spanish Task, and change the language.",
        line='english_task = workspace.tasks.create(attributes=json.dumps({"selected_language": ___}), '
        "workflow_sid=story.workflow_sid)",
    ),
    "3.3": Hints(
        nudge="Which attribute do both filters read, and with what do they compare it?",
        pointer='Run `explain(workflow, samples["b"])`, then the same for the other letters. '
        "Under “Filters” it says for each filter why it doesn't match.",
        line='lost = ["b", "c", "___", "f"]',
    ),
}
