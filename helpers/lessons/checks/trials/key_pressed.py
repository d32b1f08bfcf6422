"""Requests to a route that chooses a language by the key that a caller pressed (exercise 14.2)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from helpers.emulator.display.value_kinds import kind
from helpers.emulator.engine.model.twiml import BadTwiml, Verb, read_twiml
from helpers.lessons.checks.answers import call, find_unread, read_function, spell
from helpers.lessons.checks.verdict import NotYet

__all__ = ["asks_for_a_language"]

_WORKFLOW = f"WW{'1' * 32}"
_LANGUAGES = {"1": "es", "2": "en", "": "en"}
_SPOKEN = {"es": "Spanish", "en": "English"}


def asks_for_a_language(enqueue_call: object) -> str:
    """14.2: a route that enqueues callers by language, and asks again after any other key."""
    function = read_function("enqueue_call", enqueue_call, "request", "workflow_sid")
    if unread := find_unread(function):
        raise NotYet(f"`enqueue_call` never uses its argument `{unread}`.", "Use both arguments.")
    for digit, language in _LANGUAGES.items():
        _require_language(_answer(function, digit), digit, language)
    verbs = _answer(function, "7")
    if _find(verbs, "Enqueue"):
        taken = _SPOKEN.get(_read_attributes(verbs).get("selected_language", ""), "a language")
        raise NotYet(f"7 was taken for {taken}.", "The shop has no such key: ask again.")
    asks = _find(verbs, "Gather")
    asks_again = asks and asks.attributes.get("action", "/enqueue_call") == "/enqueue_call"
    back = _find(verbs, "Redirect")
    if not asks_again and not (back and back.text == "/incoming_call"):
        raise NotYet(
            "pressing 7 ends the call, or leads to another route.",
            'Ask again: `response.redirect("/incoming_call")`.',
        )
    return "1 is Spanish, 2 and no key are English, and after any other key your app asks again."


def _answer(function: Callable[..., Any], digit: str) -> tuple[Verb, ...]:
    """Return the TwiML in the reply to a request with this key; an empty text is none."""
    from flask import Request
    from werkzeug.test import EnvironBuilder

    form = {"CallSid": f"CA{'1' * 32}", "From": "+15558675310"} | ({"Digits": digit} if digit else {})
    request = Request(EnvironBuilder("/enqueue_call", method="POST", data=form).get_environ())
    try:
        reply = call("enqueue_call", function, request, _WORKFLOW, case=_case(digit), needs_result=True)
    except NotYet as stopped:
        if isinstance(stopped.__cause__, KeyError):
            raise NotYet(f"{_pressing(digit)} raised KeyError.", _explain_key_error(digit)) from stopped
        raise
    return _read(reply)


def _explain_key_error(digit: str) -> str:
    if digit:
        return "A POST carries `Digits` in the form: read it from `request.form`."
    return "`Digits` is missing then: read it with `.get`."


def _read(reply: Any) -> tuple[Verb, ...]:
    """Return the verbs of what a route returned."""
    if isinstance(reply, tuple) and reply:
        reply = reply[0]
    if isinstance(reply, dict):
        raise NotYet("You returned JSON.", "Twilio expects XML: return `str(response)`.")
    if hasattr(reply, "to_xml"):
        reply = str(reply)
    if callable(getattr(reply, "get_data", None)):
        reply = reply.get_data(as_text=True)
    if not isinstance(reply, str):
        raise NotYet(f"`enqueue_call` returned {kind(reply)}.", "Return `str(response)`, which is XML.")
    try:
        return tuple(read_twiml(reply.encode("utf-8", "replace"), "text/xml"))
    except BadTwiml as bad:
        raise NotYet(
            f"`enqueue_call`: {spell(bad.text, 120)}", "Return `str(response)` of a `VoiceResponse`."
        ) from None


def _require_language(verbs: tuple[Verb, ...], digit: str, language: str) -> None:
    """Check the Task that this TwiML makes.

    Raises:
        NotYet: it makes none, or one in another language.
    """
    enqueue = _find(verbs, "Enqueue")
    if enqueue is None:
        raise NotYet(f"{_pressing(digit)} puts nobody into a queue.", "The reply needs `<Enqueue>`.")
    if enqueue.attributes.get("workflowSid") != _WORKFLOW:
        seen = "is missing" if "workflowSid" not in enqueue.attributes else "isn't the argument `workflow_sid`"
        raise NotYet(f"`workflowSid` {seen}.", "Write `response.enqueue(None, workflow_sid=workflow_sid)`.")
    given = _read_attributes(verbs).get("selected_language")
    if given == language:
        return
    wrong = f"{_pressing(digit)} gave {_SPOKEN.get(str(given), spell(given))}."
    if digit == "1":
        raise NotYet(
            wrong,
            '`"1" == 1` is False: `Digits` is text.',
            pointer='Compare with `"1"`, in quotes.',
        )
    raise NotYet(wrong, "Both branches say es." if digit == "2" else "Who presses nothing gets English.")


def _read_attributes(verbs: tuple[Verb, ...]) -> dict[str, Any]:
    enqueue = _find(verbs, "Enqueue")
    task = _find(enqueue.nouns, "Task") if enqueue else None
    if task is None:
        raise NotYet("`<Enqueue>` has no `<Task>`.", "It holds the attributes: `enqueue.task(json.dumps({...}))`.")
    try:
        attributes = json.loads(task.text)
    except (ValueError, RecursionError):
        why = "single quotes" if "'" in task.text else spell(task.text)
        raise NotYet(
            f"the text inside `<Task>` isn't JSON: {why}.", "A dict's `str` isn't JSON: pass `json.dumps({...})`."
        ) from None
    if not isinstance(attributes, dict):
        raise NotYet("the text inside `<Task>` isn't a JSON object.", "Pass `json.dumps({...})`.")
    return attributes


def _find(verbs: tuple[Verb, ...], name: str) -> Verb | None:
    return next((verb for verb in verbs if verb.name == name), None)


def _pressing(digit: str) -> str:
    return f"pressing {digit or 'nothing'}"


def _case(digit: str) -> str:
    return f"after {_pressing(digit)}, "
