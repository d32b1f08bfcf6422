"""Lesson 4: the callback read, its Reservation fetched, and who comes next."""

from __future__ import annotations

import ast
import builtins
import json
import re
from typing import Any

from twilio.base.instance_resource import InstanceResource

from helpers.connection import connect
from helpers.emulator.display.value_kinds import kind
from helpers.emulator.sdk.sdk_reading import sid_of
from helpers.emulator.sids import is_sid
from helpers.lessons.cell_runs import history
from helpers.lessons.checks.answers import call, normalize, read_function, read_text, refuse_list, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.subjects.lesson_world import find_world, name_of
from helpers.lessons.checks.verdict import NotYet
from helpers.lessons.lesson_steps import find_names
from helpers.lessons.story import workspace_of
from helpers.predictions.prediction import Prediction

__all__ = ["CHECKS", "HINTS"]

_GIVEN = {"client", "callback", "sent", "json"}
"""Names that an application has when the callback arrives."""


def reservation_from_callback(from_callback: Any) -> str:
    """4.1: the Reservation of the callback, fetched."""
    refuse_list("from_callback", from_callback, "Reservation")
    if not isinstance(from_callback, InstanceResource) or not hasattr(from_callback, "reservation_status"):
        raise NotYet(*_instead(from_callback), pointer=_point_to_sid(from_callback))
    client = connect().make_onlooker()
    world = find_world(client)
    reservations = workspace_of(client, world).workers(world.alice_sid).reservations.list()
    if from_callback.sid not in [reservation.sid for reservation in reservations]:
        raise NotYet("this Reservation isn't Alice's.", "take the SIDs from `callback.parameters`.")
    _refuse_other_sources()
    return f"this is {from_callback.worker_name}'s Reservation, and it is {from_callback.reservation_status}."


def _point_to_sid(answer: Any) -> str:
    """Return what comes next in the chain of calls, for an answer that is part of it; empty if it isn't."""
    sid = answer if isinstance(answer, str) else sid_of(answer) or ""
    if sid.startswith("WT"):
        return 'What belongs to the Task comes next: `.reservations(...)` with `sent["ReservationSid"]`.'
    if sid.startswith("WS"):
        return 'What belongs to the Workspace comes next: `.tasks(...)` with `sent["TaskSid"]`.'
    return "The SID alone isn't the Reservation: the request is sent by `.fetch()`." if sid.startswith("WR") else ""


def predicts_the_next(who_next: object) -> str:
    """4.2: the Worker that is reserved when Alice's capacity is used up."""
    if isinstance(who_next, Prediction):
        raise NotYet("this is what `predict` returned; this exercise needs text.", 'Write "Alice", "Bob" or "nobody".')
    answer = _read_name(who_next)
    if answer == "bob":
        return "Alice is available, but her pending Reservation uses all of her capacity. So TaskRouter reserves Bob."
    if answer == "alice":
        raise NotYet(
            "Alice matches the queue and is available, but her pending Reservation uses all of her capacity.",
            "who else matches the English queue, and has free capacity?",
            pointer="Under “Why is Alice still Idle?”, the second number of the last cell is Alice's free capacity.",
        )
    if answer in ("nobody", "none", "no one", "noone"):
        raise NotYet(
            "TaskRouter reserves somebody: one Worker matches the queue, is available, and has free capacity.",
            "which of the two is that?",
            pointer="Go through Bob's side: his language, his Activity after the change, and the Tasks he holds.",
        )
    if {"alice", "bob"} <= set(re.findall(r"\w+", answer)) or answer == "both":
        raise NotYet(
            f"{spell(who_next)} isn't one name, and TaskRouter offers this Task to one Worker.",
            "which of them has free capacity?",
        )
    raise NotYet(f"{spell(who_next)} is none of the three.", 'Write "Alice", "Bob" or "nobody".')


def _read_name(who_next: object) -> str:
    """Return the answer as a name; it can also be a Worker of the SDK or a Worker's SID."""
    if who_next is None:
        return "nobody"
    if isinstance(who_next, list | tuple) and len(who_next) > 1:
        return normalize(" ".join(map(str, who_next)))
    if isinstance(who_next, list | tuple) and not who_next:
        return "nobody"
    return normalize(read_text("who_next", name_of(who_next), '"Alice"'))


def _instead(answer: Any) -> tuple[str, str]:
    """Return what the answer is, and the next step from there."""
    sid = answer if isinstance(answer, str) else sid_of(answer) or ""
    end = "end with `.reservations(...).fetch()`."
    if isinstance(answer, str):
        if is_sid(sid, "WR"):
            return "this is the Reservation's SID.", "fetch it: `.tasks(...).reservations(...).fetch()`."
        if is_sid(sid, "WT"):
            return "this is the Task's SID.", "continue with `.reservations(...)` and the parameter `ReservationSid`."
        return (
            f"{spell(answer)} is text, not a Reservation.",
            f"begin with `client.taskrouter.v1.workspaces(...)`, and {end}",
        )
    if sid.startswith("WR"):
        return "this only says where the Reservation is, and nothing has been fetched yet.", "end with `.fetch()`."
    if sid.startswith("WT"):
        return f"this is {kind(answer)}.", "continue with `.reservations(...)` and the parameter `ReservationSid`."
    if isinstance(answer, list):
        step = "fetch the one whose SID is in the callback: `.reservations(...).fetch()`."
        return "this is a list, not a Reservation.", step
    if callable(answer) and getattr(answer, "__name__", "") == "fetch":
        return "this is the method `fetch`, not what it returns.", "call it with parentheses: `.fetch()`."
    if hasattr(answer, "parameters"):
        return "this is the callback itself.", "its parameters hold the SIDs that you need."
    return f"this is {kind(answer)}, not a Reservation.", end


def _refuse_other_sources() -> None:
    """Raise ``NotYet`` if the cell with the answer uses more than the callback's parameters, by its text."""
    source = next((run.source for run in reversed(history()) if "from_callback" in find_names(run.source)), "")
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return
    loaded = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    others = sorted(loaded - find_names(source) - _GIVEN - set(vars(builtins)))
    if others:
        raise NotYet(
            f"it's the right Reservation, but your cell also uses `{others[0]}`, from another cell.",
            "in production you have only `client` and the parameters: use `sent`.",
        )
    if typed := re.search(r"\bW[A-Z][0-9a-f]{32}\b", source):
        raise NotYet(
            f"it's the right Reservation, but you typed the SID {typed[0]} by hand.",
            "the next callback has other SIDs: take them from `sent`.",
        )


_SENT = {
    "AccountSid": "it says whose account it is.",
    "WorkspaceSid": "your code needs it to find everything else.",
    "WorkflowSid": "it says which Workflow routed the Task.",
    "TaskQueueSid": "it says in which queue the Task is.",
    "TaskSid": "it says which Task is offered.",
    "TaskAttributes": "it has what you know about the customer, as JSON text.",
    "TaskAge": "it says how many seconds ago the Task was created.",
    "TaskPriority": "it says which Task goes first, and here it is 0.",
    "WorkerSid": "it says which Worker is reserved.",
    "WorkerAttributes": "it has the Worker's languages, as JSON text.",
    "ReservationSid": "your code needs it to accept the Reservation.",
}
"""Parameters of an assignment callback, each with what it is good for."""
_NOT_SENT = "WorkerName"


def knows_what_is_not_sent(not_sent: object) -> str:
    """4.3: the one of twelve names that isn't a parameter of the callback."""
    answer = normalize(read_text("not_sent", not_sent, '"TaskAge"'))
    if answer == _NOT_SENT.lower():
        return "the callback identifies the Worker only by SID. To show the name, look it up."
    for name, use in _SENT.items():
        if answer == name.lower():
            pointer = f"Find `{name}` in the view of the callback, and cross it off. Do the same with the others."
            raise NotYet(
                f"TaskRouter sends `{name}`: {use}", "compare the list with the callback above.", pointer=pointer
            )
    raise NotYet(f"{spell(not_sent)} isn't one of the twelve names.", "copy one of them.")


_OFFERS = (("Alice", "es", 1), ("Bob", "en", 0), ("Alice", "en", 75))
"""Worker, language and age in the callbacks that a function has to put into words."""


def announces_the_offer(announce: object) -> str:
    """4.4: a function that puts a callback into one line for the Worker's screen."""
    function = read_function("announce", announce, "sent")
    world = find_world(connect().make_onlooker())
    sids = {"Alice": world.alice_sid, "Bob": world.bob_sid}
    before = ""
    for worker, language, age in _OFFERS:
        sent = {
            "WorkerSid": sids[worker],
            "TaskAttributes": json.dumps({"selected_language": language}),
            "TaskAge": str(age),
        }
        case = f"for {worker}, language {language} and age {age}, "
        line = call("announce", function, sent, case=case, needs_result=True)
        expected = f"{worker}: {language}, waiting {age} s"
        if not isinstance(line, str) or normalize(line) != normalize(expected):
            wrong, step = _describe_line(line, before, (worker, language, str(age)), sids[worker], case, expected)
            raise NotYet(wrong, step, pointer=f"For this callback the line is `{expected}`. Compare it with yours.")
        before = line
    return "the line is right for all three callbacks, because it's made of each one's parameters."


def _describe_line(
    line: object, before: str, wanted: tuple[str, str, str], sid: str, case: str, expected: str
) -> tuple[str, str]:
    """Return what is wrong with the line that a function made of a callback, and the next step."""
    worker, language, age = wanted
    if not isinstance(line, str):
        return f"{case}your function returned {kind(line)}, not text.", f'return text such as "{expected}".'
    if before and line == before:
        return (
            f"{case}your function returned the line of another callback.",
            "read `sent`, the function's argument, instead of `callback`.",
        )
    if sid in line:
        return f"{case}the line has the Worker's SID instead of the name.", "`names` has the name for each SID."
    if worker not in line:
        return f"{case}the line doesn't name {worker}.", 'look up `sent["WorkerSid"]` in `names`.'
    if "selected_language" in line:
        return f"{case}the line has all the attributes.", "use only `selected_language` of what `json.loads` returns."
    if not re.search(rf"\b{language}\b", line):
        return f"{case}the line has no language.", 'read it from `sent["TaskAttributes"]`, which is JSON text.'
    if not re.search(rf"\b{age}\b", line):
        return f"{case}the line doesn't say how old the Task is.", 'that is `sent["TaskAge"]`.'
    return f"{case}your function returned {spell(line)}.", f'it should be exactly "{expected}".'


CHECKS = {
    "4.1": reservation_from_callback,
    "4.2": predicts_the_next,
    "4.3": knows_what_is_not_sent,
    "4.4": announces_the_offer,
}

HINTS = {
    "4.1": Hints(
        nudge="Which SIDs lead from the account to the Reservation?",
        pointer="A Reservation belongs to a Task, and a Task to a Workspace. Look at the list of eleven parameters: "
        "three of them lead there.",
        line='.tasks(sent["TaskSid"]).reservations(___).fetch()',
    ),
    "4.2": Hints(
        nudge="A Worker has to match the queue and be available. What else did this lesson show?",
        pointer="Look at the cell that reads Alice's channel. It says how much of her capacity is left.",
        line='who_next = "B___"',
    ),
    "4.3": Hints(
        nudge="Does TaskRouter identify a Worker by name?",
        pointer="Compare the list with the view of the callback, from top to bottom.",
        line='not_sent = "Worker___"',
    ),
    "4.4": Hints(
        nudge="Which three parameters of the callback are in the line?",
        pointer="`TaskAttributes` is JSON text. Turn it into a dictionary before you read the language.",
        line='language = json.loads(___)["selected_language"]',
    ),
}
