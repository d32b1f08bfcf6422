"""Lesson 6: the learner's own web server, asked over HTTP, and what its failures mean to TaskRouter."""

from __future__ import annotations

import json
from typing import Any

from twilio.base.exceptions import TwilioException

from helpers.callbacks.instructions import read_instruction
from helpers.connection import connect
from helpers.emulator.display.value_kinds import kind
from helpers.emulator.engine.model.statuses import HELD
from helpers.emulator.sdk.sdk_reading import fetch_or_none, read_list
from helpers.lessons.checks.answers import normalize, read_letters, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.subjects.app_probe import AppProbe, read_json, refuse_blank
from helpers.lessons.checks.subjects.lesson_world import find_world
from helpers.lessons.checks.subjects.routing_moment import await_routing
from helpers.lessons.checks.verdict import NotYet
from helpers.lessons.story import Story, workspace_of

__all__ = ["CHECKS", "HINTS"]

_CALLBACK, _CREATE = "/assignment_callback", "/create_task"
_ZEROS = "0" * 32
_SIDS = {"Task": "WT", "Worker": "WK", "Reservation": "WR"}


def knows_who_calls(app: object) -> str:
    """6.1: an application that answers what TaskRouter signed, and refuses everything else."""
    refuse_blank("check_signature")
    probe, token = AppProbe(app), connect().auth_token.reveal()
    form = {
        "TaskSid": f"WT{_ZEROS}",
        "WorkerSid": f"WK{_ZEROS}",
        "ReservationSid": f"WR{_ZEROS}",
        "TaskAttributes": "{}",
    }
    signed = probe.sign(_CALLBACK, form, token)
    _read_reply(probe.ask("POST", _CALLBACK, form, signed))
    _refuse_open(probe.ask("POST", _CALLBACK, form), "without any signature", "compute what the signature should be.")
    changed = form | {"WorkerSid": f"WK{'1' * 32}"}
    why = "the signature covers the parameters: pass `request.form` to `validate`."
    _refuse_open(probe.ask("POST", _CALLBACK, changed, signed), "with a parameter that was changed on the way", why)
    return "your app answers TaskRouter, and nobody who only pretends to be it."


def _read_reply(response: Any) -> None:
    """Raise an error unless this is a reply to an assignment callback that TaskRouter understands."""
    if response.status_code in (400, 401, 403):
        raise NotYet(
            f"your app refuses a callback that is signed as TaskRouter signs it: it answers {response.status_code}.",
            "three things go into `validate`: the URL, `request.form` and the header `X-Twilio-Signature`.",
        )
    if response.status_code != 200:
        raise NotYet(f"`{_CALLBACK}` answers {response.status_code}; TaskRouter needs 200.", "return a dictionary.")
    if problems := read_instruction(read_json(_CALLBACK, response)):
        raise NotYet(f"`{_CALLBACK}` doesn't give TaskRouter what it can use. {problems[0]}")


def _refuse_open(response: Any, how: str, hint: str) -> None:
    if not 400 <= response.status_code < 500:
        raise NotYet(f"your app accepts a forged callback, {how}: it answers {response.status_code}.", hint)


def serves_two_languages(app: object) -> str:
    """6.2: a route that creates Tasks for the shop's languages, and refuses others."""
    refuse_blank("refuse_other_languages")
    probe, client = AppProbe(app), connect().make_onlooker()
    world = find_world(client)
    workspace = workspace_of(client, world)
    before = _sids(workspace)
    try:
        _refuse_other(probe, workspace, before)
        _require_methods(probe)
        _create_spanish(probe, workspace, world)
    finally:
        for sid in _sids(workspace) - before:
            _remove(workspace, sid)
    return "Tasks are created for customers whom somebody can help; the others are told so at once."


def _refuse_other(probe: AppProbe, workspace: Any, before: set[str]) -> None:
    response = probe.ask("POST", _CREATE, {"selected_language": "fr"})
    if _sids(workspace) - before:
        raise NotYet(
            'your app creates a Task for "fr", which no filter matches: TaskRouter cancels it at once.',
            "return a status of 400 before the Task is created.",
        )
    if not 400 <= response.status_code < 500:
        wrong = f'your app creates no Task for "fr", and answers {response.status_code}, as if all were well.'
        raise NotYet(wrong, "return the status 400 with your message.")


def _require_methods(probe: AppProbe) -> None:
    """Raise an error if the route says that it doesn't take both methods; asking with each would create Tasks."""
    allowed = probe.ask("OPTIONS", _CREATE, {}).headers.get("Allow", "GET, POST")
    for method in ("GET", "POST"):
        if method not in allowed:
            raise NotYet(f"`{_CREATE}` doesn't take {method}; it takes {allowed}.", 'write `methods=["GET", "POST"]`.')


def _create_spanish(probe: AppProbe, workspace: Any, world: Story) -> None:
    response = probe.ask("POST", _CREATE, {"selected_language": "es"})
    if response.status_code >= 400:
        raise NotYet(f'your app refuses "es", too: it answers {response.status_code}.', "the shop speaks es and en.")
    answer = read_json(_CREATE, response)
    sid = answer.get("task_sid") if isinstance(answer, dict) else None
    task = fetch_or_none(workspace.tasks(sid)) if isinstance(sid, str) and sid.startswith("WT") else None
    if task is None:
        wrong = f"`{_CREATE}` answers {spell(answer)}, which names no Task of this Workspace."
        raise NotYet(wrong, 'create one, and return `{"task_sid": task.sid}`.')
    if task.workflow_sid != world.workflow_sid:
        wrong = "your Task is in another Workflow than this lesson's, so other filters decide where it goes."
        raise NotYet(wrong, "pass `WORKFLOW_SID`, from the settings.")
    if json.loads(task.attributes).get("selected_language") != "es":
        wrong = f"the Task's attributes are {task.attributes}, without the language that the customer chose."
        raise NotYet(wrong, "the route reads it from `request.values`.")


def _sids(workspace: Any) -> set[str]:
    return {task.sid for task in read_list(workspace.tasks)}


def _remove(workspace: Any, sid: str) -> None:
    """Delete a Task of the check's; one that the application accepted is completed first."""
    task = await_routing(workspace.tasks(sid).fetch())
    try:
        if task.assignment_status in HELD:
            workspace.tasks(sid).update(assignment_status="completed", reason="the check is done")
        workspace.tasks(sid).delete()
    except TwilioException:  # it has ended, or TaskRouter was faster: tidy_up() takes the rest
        return


_FAULTS = {
    "a": ("pending", "`{}` means later, so the Reservation waits for you."),
    "b": ("accepted", "the instruction is carried out at once."),
    "c": ("canceled", "nobody answers, and there is no fallback URL."),
    "d": ("pending", "JSON without an instruction is a warning, 40005, and counts as later."),
    "e": ("canceled", "five seconds are over; what comes later counts for nothing."),
    "f": ("canceled", "a status of 403 or 500 is no answer, whatever its body says."),
}


def knows_the_consequences(becomes: object) -> str:
    """6.3: the state of the Reservation after each reply of an application."""
    states = "pending, accepted or canceled"
    given = read_letters("becomes", becomes, list(_FAULTS), item="reply", value=states, example="pending")
    for letter, (right, because) in _FAULTS.items():
        answer = given[letter]
        if not isinstance(answer, str):
            raise NotYet(f'`becomes["{letter}"]` is {kind(answer)}; this exercise needs text.', f"write {states}.")
        state = normalize(answer).replace("cancelled", "canceled")
        if state not in ("pending", "accepted", "canceled"):
            raise NotYet(f'`becomes["{letter}"]` is {spell(answer)}.', f"write {states}.")
        if state != right:
            raise NotYet(f"after reply {letter} the Reservation isn't {state}.", because)
    return "only a usable reply counts: in time, with status 200, and JSON."


CHECKS = {"6.1": knows_who_calls, "6.2": serves_two_languages, "6.3": knows_the_consequences}

HINTS = {
    "6.1": Hints(
        nudge="What does a stranger not have, though they know the address and all parameters?",
        pointer="`RequestValidator(AUTH_TOKEN).validate(url, parameters, signature)` returns True or False. Flask has "
        "the path in `request.path`, the parameters in `request.form`, headers in `request.headers`.",
        line="RequestValidator(AUTH_TOKEN).validate(callback_url(), request.form, ___)",
    ),
    "6.2": Hints(
        nudge="What does Flask do when a function with `@app.before_request` returns something?",
        pointer="Flask sends what the function returns, and doesn't call the route. Look at `create_task` in section 5 "
        "to see how to read the language.",
        line='if request.path == "/create_task" and language not in ___:',
    ),
    "6.3": Hints(
        nudge="Which of the six replies arrive in time, with status 200 and a body that is JSON?",
        pointer="After the other replies TaskRouter cancels the Reservation. Among the usable ones, look for the word "
        "`instruction`.",
        line='becomes = {"a": "pending", "b": "accepted", "c": ___, "d": "pending", "e": "canceled", "f": "canceled"}',
    ),
}
