"""Lesson 2: a function that answers the assignment callback."""

from __future__ import annotations

import json
from collections.abc import Callable

from ..callbacks import AssignmentCallback
from ..callbacks.instructions import read_instruction
from ..callbacks.message import Parameters
from .verdict import NotYet

__all__ = ["decides_by_language"]

_ACCEPT = {"instruction": "accept"}
_CASES = (("es", ["en", "es"], True), ("es", ["en"], False), ("en", ["en"], True))


def decides_by_language(accept_same_language: object) -> str:
    """2.1: accept when the Worker speaks the Task's language, else leave it for later."""
    if not callable(accept_same_language):
        raise NotYet("this is no function.", "begin with `def accept_same_language(callback):`.")
    for language, languages, accepts in _CASES:
        _try(accept_same_language, language, languages, accepts)
    return "accepts for those who speak the Task's language, and leaves the rest for later."


def _try(function: Callable[..., object], language: str, languages: list[str], accepts: bool) -> None:
    case = f"for a Task in {language!r} and a Worker who speaks {languages}"
    parameters: Parameters = {
        "TaskAttributes": json.dumps({"selected_language": language}),
        "WorkerAttributes": json.dumps({"languages": languages}),
    }
    try:
        answer = function(AssignmentCallback.read(parameters))
    except Exception as error:
        raise NotYet(f"{case} your function stops with {type(error).__name__}: {error}") from error
    if answer is None:
        answer = {}
    if problems := read_instruction(answer):
        raise NotYet(f"{case} your function returns {answer!r}. {problems[0]}")
    if (answer == _ACCEPT) != accepts or (not accepts and answer):
        wanted = _ACCEPT if accepts else {}
        raise NotYet(f"{case} your function returns {answer!r}, and {wanted!r} is wanted.")
