"""Call of the learner's decision function, and the reply to an assignment callback that it leads to."""

from __future__ import annotations

import inspect
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from helpers.callbacks.assignment import AssignmentCallback
from helpers.callbacks.instructions import read_instruction
from helpers.errors.listener_errors import NotADecision
from helpers.ground.message import JSON, Parameters, Reply, json_reply

__all__ = ["LATER", "Decision", "ask", "check_decision"]

Decision = Callable[[AssignmentCallback], Any]

LATER = Reply(200, b"{}", JSON)
"""Reply that leaves the Reservation pending, to be accepted or rejected through the REST API (reference 7.3b)."""

REPLY_LIMIT_SECONDS = 5.0
"""Time that TaskRouter waits for the reply (reference 7.1e)."""


def check_decision(function: object) -> None:
    """Raise an error unless ``function`` can be called with one callback.

    Raises:
        NotADecision: it isn't callable, or can't be called with one argument.
    """
    if not callable(function):
        raise NotADecision(f"{function!r}, which isn't a function")
    try:
        inspect.signature(function).bind(object())
    except TypeError:
        name = getattr(function, "__name__", type(function).__name__)
        raise NotADecision(f"the function {name}, which can't be called with one argument") from None
    except ValueError:  # some built-in functions have no signature
        return


def ask(function: Decision, parameters: Parameters, now: Callable[[], float] = time.monotonic) -> Reply:
    """Call ``function`` and return its answer as a reply, with hints where TaskRouter will object to it.

    An error in ``function`` becomes a status 500; its reason is in the hints, which only the inbox gets.
    """
    started = now()
    try:
        reply = _encode(function(AssignmentCallback.read(parameters)))
    except (Exception, SystemExit) as error:  # exit() in a cell's function must not end the thread
        reply = _fail(_describe(error, function))
    return _mark_late(reply, now() - started)


def _encode(answer: Any) -> Reply:
    if answer is None:
        return LATER
    if inspect.iscoroutine(answer):
        answer.close()
        return _fail("it's an `async def` and returned a coroutine. Write it as a plain `def`.")
    try:
        return json_reply(200, answer, *read_instruction(answer))
    except (TypeError, ValueError, RecursionError) as error:
        return _fail(
            f"what it returned can't be written as JSON: {error}. Return a dict of strings, numbers and booleans."
        )


def _fail(reason: str) -> Reply:
    hint = f"The decision function failed: {reason} TaskRouter got status 500 and calls the fallback URL."
    return json_reply(500, {"message": "The decision function failed."}, hint)


def _describe(error: BaseException, function: Decision) -> str:
    """Return the error with the line of the learner's own code that led to it, however deep it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    file = getattr(getattr(function, "__code__", None), "co_filename", None)
    where = next((frame for frame in reversed(frames) if frame.filename == file), frames[-1])
    line = f", at `{where.line}`" if where.line else ""
    return f"{type(error).__name__}: {error} in {where.name}(), line {where.lineno}{line}."


def _mark_late(reply: Reply, took_seconds: float) -> Reply:
    if took_seconds <= REPLY_LIMIT_SECONDS:
        return reply
    late = f"The decision function took longer than the {REPLY_LIMIT_SECONDS:g} s that TaskRouter waits for a reply."
    return replace(reply, hints=(*reply.hints, late))
