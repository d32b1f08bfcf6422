"""Lesson 3: Tasks that go astray, and one that doesn't."""

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
from helpers.lessons.checks.answers import join_words, normalize, read_text, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.subjects.lesson_world import find_world
from helpers.lessons.checks.subjects.lost_tasks import finds_lost_tasks
from helpers.lessons.checks.subjects.own_world import OwnWorld
from helpers.lessons.checks.subjects.routing_moment import await_routing
from helpers.lessons.checks.verdict import NotYet
from helpers.lessons.story import workspace_of

__all__ = ["CHECKS", "HINTS"]

_LANGUAGE = "selected_language"
_ENDS = {
    "pending": ("it isn't pending: for that it would need a queue to wait in.", "no filter matches it."),
    "reserved": ("nobody is reserved for it: it isn't in any queue.", "no filter matches it."),
    "assigned": ("nobody can accept it: nobody is reserved for it.", "no filter matches it."),
    "accepted": ("a Reservation is accepted, and this Task has none.", "no filter matches it."),
    "completed": (
        "nobody worked on it, so nobody completed it.",
        "Look at the end of the step about the Workflow in lesson 1.",
    ),
    "rejected": ("a Reservation is rejected, and this Task has none.", "no filter matches it."),
    "timeout": ("a Reservation times out, and this Task has none.", "no filter matches it."),
    "created": ("that's no `assignment_status`: 201 says that it was created.", "what becomes of it then?"),
    "201": ("that's the HTTP status of the request.", "`assignment_status` is a word."),
    "failed": ("that's no `assignment_status`, and nothing fails here.", "what becomes of a Task that fits no filter?"),
    "error": ("that's no `assignment_status`, and there is no error.", "what becomes of a Task that fits no filter?"),
    "nowhere": ("that's where it goes, not its `assignment_status`.", "what does TaskRouter do with such a Task?"),
}
"""Wrong answers, each with what is wrong and a hint."""

_PREPARED = "send the attributes that the example's first line prepares, as JSON text."
_BEGIN_AGAIN = "begin the lesson again, from the cell with `catch_up(3)` on."


def finds_the_bug(ends_as: object, payload: object) -> str:
    """3.1: the end of a Task that no filter matches, and the attributes that should have been sent."""
    end = normalize(read_text("ends_as", ends_as, '"pending"'))
    if end in ("cancel", "cancelled"):
        end = "canceled"
    if end in _ENDS:
        raise NotYet(*_ENDS[end])
    if end != "canceled":
        raise NotYet(f"`ends_as` is {spell(ends_as)}, which is no `assignment_status`.", _suggest(end))
    _refuse_other_attributes(_read_payload(payload))
    return "it is canceled without an error; sending the attributes that were prepared puts it into the Spanish queue."


def english_task_for_bob(english_task: Any) -> str:
    """3.2: a Task for which Bob gets reserved."""
    client = connect().make_onlooker()
    world = find_world(client)
    workspace = workspace_of(client, world)
    task = await_routing(_fetch(workspace, _read_sid(english_task)))
    statuses: dict[str, str] = {
        each.worker_name: each.reservation_status for each in workspace.tasks(task.sid).reservations.list()
    }
    if "Bob" in statuses:
        verb = "is" if statuses["Bob"] == "pending" else "was"
        return f"Bob {verb} reserved for it: English queue, available, and nothing else to do."
    own = OwnWorld.build()
    own.set_activity(own.sids.bob_sid, "Idle")
    status, would_be = own.create_task(task.attributes)
    if status == "canceled":
        raise NotYet(f"this Task was canceled: no filter matches {task.attributes}.", _explain_end(task.attributes))
    if "Bob" not in would_be:
        raise NotYet(
            f"Bob can't get a Task with {task.attributes}.",
            "which language does Bob speak?",
            pointer="This Task is in the Spanish queue. Change the language in its attributes to one that Bob speaks.",
        )
    if task.assignment_status in ENDED:
        raise NotYet(f"this Task is {task.assignment_status} by now.", "create a new one, and check it before.")
    if statuses:
        raise NotYet(f"{join_words(statuses)} was reserved, not Bob.", "is Bob Idle, and is Alice Offline?")
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
        raise NotYet(f"the Task is right, but Bob {why}.", f"{_BEGIN_AGAIN} Its cells make Bob Idle.")
    return (
        f"a Task like this is Bob's as soon as he has room. This one waits for an earlier one: Bob {why}. "
        f"To see him reserved, {_BEGIN_AGAIN}"
    )


def _read_sid(english_task: Any) -> str:
    if isinstance(english_task, list) and any(isinstance(each, TaskInstance) for each in english_task):
        raise NotYet("`english_task` is a list of Tasks.", "put the one Task into it that you created.")
    if isinstance(english_task, str) and is_sid(english_task, "WT"):
        raise NotYet("this is the Task's SID, not the Task.", "leave out `.sid` at the end.")
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
            f"Task {sid[:6]}… isn't in this Workspace any more: it was deleted, or the lesson began again.",
            "create a new one.",
        )
    return task


def _read_payload(payload: object) -> Any:
    if isinstance(payload, dict):
        raise NotYet(
            "`payload` is a dictionary, and of that the library sends only the keys.", "Write `json.dumps(...)`."
        )
    given = read_text("payload", payload, "the one that `json.dumps` makes")
    try:
        return json.loads(given, parse_constant=_refuse_constant)
    except ValueError as error:
        raise NotYet(f"`payload` is {spell(given)}, which isn't JSON: {error}.", _mend_json(given)) from error


def _refuse_constant(name: str) -> None:
    """Refuse NaN and Infinity, which Python reads and writes, but which aren't JSON."""
    raise ValueError(f"it has no {name}")


def _mend_json(given: str) -> str:
    if "'" in given:
        return "JSON wants double quotes; let `json.dumps` write it."
    if given.lstrip().startswith("{"):
        return "let `json.dumps({...})` write it."
    return 'attributes are a JSON object, such as `json.dumps({"type": "support"})`.'


def _refuse_other_attributes(attributes: Any) -> None:
    """Raise ``NotYet`` unless the first filter of the Workflow matches; other attributes don't matter to it."""
    if isinstance(attributes, str):
        raise NotYet("`payload` was made JSON twice: it's a text with JSON in it.", "call `json.dumps` once.")
    if not isinstance(attributes, dict):
        raise NotYet(
            f"`payload` is {kind(attributes)} in JSON; attributes are an object.", "Write `json.dumps({...})`."
        )
    language = attributes.get(_LANGUAGE)
    if language == "es":
        return
    if _LANGUAGE in attributes:
        raise NotYet(
            f'`{_LANGUAGE}` is {spell(language)}, and the filter for Spanish compares it with "es".',
            _PREPARED,
        )
    close = get_close_matches(_LANGUAGE, list(attributes), n=1)
    if close:
        raise NotYet(f"it has `{close[0]}`, and the filters read `{_LANGUAGE}`.", "compare the names letter by letter.")
    raise NotYet(f"no filter matches {spell(attributes)}: there's no `{_LANGUAGE}` in it.", _PREPARED)


def _explain_end(attributes: str) -> str:
    """Return what is wrong with the attributes of a Task that no filter matches."""
    given = json.loads(attributes)
    if isinstance(given, dict) and _LANGUAGE in given:
        return f'the filters compare `{_LANGUAGE}` with "es" and "en".'
    return f"the filters read `{_LANGUAGE}`, and it isn't there."


def _suggest(end: str) -> str:
    if "canceled" in end:
        return 'write the status alone: "canceled".'
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
