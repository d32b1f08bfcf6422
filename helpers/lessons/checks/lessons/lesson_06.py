"""Lesson 6: the learner's own web server, asked over HTTP, and what its failures mean to TaskRouter."""

from __future__ import annotations

import json
from typing import Any

from helpers.callbacks.instructions import read_instruction
from helpers.connection import connect
from helpers.emulator.display.value_kinds import kind
from helpers.emulator.sdk.sdk_reading import fetch_or_none, read_list
from helpers.lessons.checks.answers import normalize, read_letters, spell
from helpers.lessons.checks.exercise_hints import Hints
from helpers.lessons.checks.subjects.app_probe import AppProbe, read_json, refuse_unused
from helpers.lessons.checks.subjects.app_world import open_app_world
from helpers.lessons.checks.verdict import NotYet

__all__ = ["CHECKS", "HINTS"]

_CALLBACK, _CREATE, _NOWHERE = "/assignment_callback", "/create_task", "/nowhere"
_ZEROS = "0" * 32
_FORM = {
    "TaskSid": f"WT{_ZEROS}",
    "WorkerSid": f"WK{_ZEROS}",
    "ReservationSid": f"WR{_ZEROS}",
    "TaskAttributes": "{}",
}


def knows_who_calls(app: object) -> str:
    """6.1: an application that replies to what TaskRouter signed, and refuses everything else."""
    refuse_unused("check_signature")
    probe, token = AppProbe(app), connect().auth_token.reveal()
    signed = probe.sign(_CALLBACK, _FORM, token)
    genuine = probe.ask("POST", _CALLBACK, _FORM, signed)
    if genuine.status_code in (400, 401, 403):
        raise _explain_refusal(probe, genuine.status_code, token)
    _read_reply(genuine)
    _refuse_forged(probe, {}, _FORM, "without a signature", "`validate` computes what the signature should be.")
    changed, why = _FORM | {"WorkerSid": f"WK{'1' * 32}"}, "The signature covers the parameters: pass `request.form`."
    _refuse_forged(probe, signed, changed, "with a changed parameter", why)
    if probe.send("GET", _NOWHERE, {}).status_code != 404:
        raise NotYet("Your app refuses a request to another route, too.", f"Compare `request.path` with `{_CALLBACK}`.")
    return "Your app replies to TaskRouter, and refuses everybody who only pretends to be TaskRouter."


def _explain_refusal(probe: AppProbe, status: int, token: str) -> NotYet:
    """Return what an application that refuses a genuine callback does wrong; it shows by what else it accepts."""

    def accepts(headers: dict[str, str]) -> bool:
        return bool(probe.send("POST", _CALLBACK, _FORM, headers).status_code == 200)

    if accepts({}):
        wrong = "Your app refuses a callback that TaskRouter signed, and accepts one without a signature."
        return NotYet(wrong, "`validate` returns True if the signature is right: refuse the request if it doesn't.")
    wrong = f"Your app refuses a callback that TaskRouter signed: it responds with {status}."
    if accepts(probe.sign(_CALLBACK, {}, token)):
        return NotYet(wrong, "It checks the signature without the parameters. Pass `request.form` to `validate`.")
    if accepts(probe.sign("", _FORM, token)) or accepts(probe.sign("/", _FORM, token)):
        return NotYet(wrong, "It checks the signature of a URL without the path. Pass `callback_url()` to `validate`.")
    return NotYet(wrong, "`validate` needs the URL, `request.form` and the header `X-Twilio-Signature`.")


def _read_reply(response: Any) -> None:
    """Raise an error unless this is a reply to an assignment callback that TaskRouter can use."""
    if response.status_code != 200:
        wrong = f"`{_CALLBACK}` responds with {response.status_code}, and TaskRouter needs 200."
        raise NotYet(wrong, "Return a dictionary without a status.")
    reply, example = read_json(_CALLBACK, response), 'Return `{"instruction": "accept"}`, or `{}` to decide later.'
    if not isinstance(reply, dict):
        raise NotYet(f"`{_CALLBACK}` replies with {kind(reply)}, and TaskRouter reads a dictionary.", example)
    if reply and "instruction" not in reply:
        raise NotYet('The reply has no "instruction", so TaskRouter does nothing now (warning 40005).', example)
    if problems := read_instruction(reply):
        raise NotYet(problems[0])


def _refuse_forged(probe: AppProbe, headers: dict[str, str], form: dict[str, str], how: str, why: str) -> None:
    """Raise an error unless the application refuses this request with status 403."""
    status = probe.send("POST", _CALLBACK, form, headers).status_code
    if status < 400:
        wrong = f"Your app accepts a forged callback, {how}: it responds with {status}."
        raise NotYet(wrong, why, pointer="What `validate` returns has to decide: if it is False, call `abort(403)`.")
    if status != 403:
        wrong = f"Your app refuses a forged callback, {how}, with status {status} and not with 403."
        raise NotYet(wrong, "Refuse it with `abort(403)`.")


def serves_two_languages(app: object) -> str:
    """6.2: a route that creates Tasks for the shop's languages, and refuses others; the file is run once more."""
    refuse_unused("refuse_other_languages")
    AppProbe(app)
    with open_app_world() as world:
        probe = AppProbe(world.app)
        _require_methods(probe)
        for language in ("es", "en", ""):
            _require_task(probe, world.workspace, language)
        _refuse_french(probe, world.workspace)
        if probe.send("GET", _NOWHERE, {"selected_language": "fr"}).status_code != 404:
            wrong = "Your app refuses a request to another route, too."
            raise NotYet(wrong, f"Compare `request.path` with `{_CREATE}`.")
    return "Your app creates Tasks only for languages that somebody speaks, and refuses the others at once."


def _require_methods(probe: AppProbe) -> None:
    """Raise an error if the route says that it doesn't take both methods."""
    allowed = probe.ask("OPTIONS", _CREATE, {}).headers.get("Allow", "GET, POST")
    for method in ("GET", "POST"):
        if method not in allowed:
            raise NotYet(f"`{_CREATE}` doesn't take {method}; it takes {allowed}.", 'Write `methods=["GET", "POST"]`.')


def _require_task(probe: AppProbe, workspace: Any, language: str) -> None:
    """Raise an error unless a customer gets a Task; one who chose no language counts as Spanish, as in the lesson."""
    response = probe.ask("POST", _CREATE, {"selected_language": language} if language else {})
    if response.status_code >= 400:
        who = f'a customer who chose "{language}"' if language else "a customer who chose no language"
        as_spanish = 'Read it as the route does: `.get("selected_language", "es")`.'
        advice = "The shop speaks es and en." if language else as_spanish
        raise NotYet(f"Your app refuses {who}: it responds with {response.status_code}.", advice)
    task = _find_task(workspace, read_json(_CREATE, response))
    if json.loads(task.attributes).get("selected_language") != (language or "es"):
        wrong = f'A customer chose "{language or "es"}", and the attributes of the Task are {spell(task.attributes)}.'
        raise NotYet(wrong, "The route reads the language from `request.values`.")


def _find_task(workspace: Any, reply: object) -> Any:
    """Return the Task that a reply names.

    Raises:
        NotYet: it names none of this Workspace.
    """
    if not isinstance(reply, dict) or "task_sid" not in reply:
        wrong = f'The reply of `{_CREATE}` has no "task_sid": it is {spell(reply)}.'
        raise NotYet(wrong, 'Return `{"task_sid": task.sid}`.')
    sid = reply["task_sid"]
    task = fetch_or_none(workspace.tasks(sid)) if isinstance(sid, str) and sid.startswith("WT") else None
    if task is None:
        wrong = f'The "task_sid" in the reply of `{_CREATE}` is no Task of the Workspace `WORKSPACE_SID`.'
        raise NotYet(wrong, "Create one with `workspace.tasks.create`, and return its `sid`.")
    return task


_BEFORE_THE_ROUTE = "Flask calls `create_task` unless `refuse_other_languages` returns something."


def _refuse_french(probe: AppProbe, workspace: Any) -> None:
    """Raise an error unless both methods refuse a language that nobody speaks, with status 400 and without a Task."""
    statuses, created = {}, []
    for method in ("POST", "GET"):
        before = _count_tasks(workspace)
        statuses[method] = probe.send(method, _CREATE, {"selected_language": "fr"}).status_code
        if _count_tasks(workspace) > before:
            created.append(method)
    if len(created) == 2:
        wrong = 'Your app creates a Task for "fr". No filter matches it, so TaskRouter cancels it at once.'
        step = "Return a response with status 400 before the Task is created."
        raise NotYet(wrong, step, pointer=_BEFORE_THE_ROUTE)
    if created:
        wrong = f'Your app creates a Task for "fr" if the request is a {created[0]}.'
        raise NotYet(wrong, "`request.values` holds the parameters of both methods.")
    for method, status in statuses.items():
        if status < 400:
            wrong = f'Your app creates no Task for "fr", but it responds to a {method} with {status}, as if it had.'
            raise NotYet(wrong, "Return the status, too: `return {...}, 400`.")
        if status != 400:
            raise NotYet(f'Your app refuses "fr" with status {status} and not with 400.', "Write `return {...}, 400`.")


def _count_tasks(workspace: Any) -> int:
    return len(read_list(workspace.tasks))


_REASONS = {
    "a": ("pending", "`{}` means later, so the Reservation waits for a request."),
    "b": ("accepted", "TaskRouter carries out the instruction at once."),
    "c": ("canceled", "Nobody replies, and there is no fallback URL."),
    "d": ("pending", "JSON without an instruction means later, as `{}` does, and leaves a warning."),
    "e": ("canceled", "TaskRouter waits five seconds. It doesn't read a reply that comes later."),
    "f": ("canceled", "TaskRouter doesn't read the body of a reply with status 403."),
}
_CHOICE = "Write pending, accepted or canceled."
_OTHER_STATUSES = {
    "rejected": "A Reservation is rejected only if a Worker or an instruction says so.",
    "timeout": "A Reservation times out when its Worker doesn't answer. A callback isn't the Worker's answer.",
    "assigned": "That's a status of a Task, not of a Reservation.",
    "reserved": "That's a status of a Task, not of a Reservation.",
    "completed": "A Reservation is completed only after the Worker has done the work.",
    "rescinded": "A Reservation is rescinded when another Worker gets the Task.",
}


def knows_the_consequences(becomes: object) -> str:
    """6.3: the status of the Reservation after each reply of an application."""
    states = "pending, accepted or canceled"
    given = read_letters("becomes", becomes, list(_REASONS), item="reply", value=states, example="pending")
    for letter, (right, because) in _REASONS.items():
        status = _read_status(letter, given[letter])
        if status != right:
            pointer = f"Ask two things about reply {letter}: does it come in time, and with status 200?"
            raise NotYet(f"After reply {letter} the Reservation isn't {status}.", because, pointer=pointer)
    return "TaskRouter uses a reply only if it comes in time, with status 200, and is JSON."


def _read_status(letter: str, answer: object) -> str:
    """Return one of the three statuses.

    Raises:
        NotYet: it is something else.
    """
    if not isinstance(answer, str):
        raise NotYet(f'`becomes["{letter}"]` is {kind(answer)}; this exercise needs text.', _CHOICE)
    status = normalize(answer)
    if status not in ("pending", "accepted", "canceled"):
        raise NotYet(f'`becomes["{letter}"]` is {spell(answer)}.', _OTHER_STATUSES.get(status, _CHOICE))
    return status


CHECKS = {"6.1": knows_who_calls, "6.2": serves_two_languages, "6.3": knows_the_consequences}

HINTS = {
    "6.1": Hints(
        nudge="A stranger knows the address and all parameters. What do they not know?",
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
        pointer="After every other reply TaskRouter cancels the Reservation. In the ones it can use, look for the word "
        "`instruction`.",
        line='becomes = {"a": "pending", "b": "accepted", "c": ___, "d": "pending", "e": "canceled", "f": "canceled"}',
    ),
}
