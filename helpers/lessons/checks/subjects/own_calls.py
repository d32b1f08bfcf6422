"""Calls of a learner's function with the Workspace of a check, which is never the learner's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from twilio.base.exceptions import TwilioException

from helpers.guide.hints import hints
from helpers.lessons.checks.answers import call, find_unread, read_globals
from helpers.lessons.checks.subjects.own_world import OwnWorld, TooManyRequests
from helpers.lessons.checks.verdict import NotYet
from helpers.lessons.story import Story

__all__ = ["call_with", "refuse_other_cells"]


def refuse_other_cells(name: str, function: Callable[..., Any], *, given: str = "another Workspace") -> None:
    """Raise ``NotYet`` if the function leaves an argument out, or uses the learner's own resources beside them.

    Args:
        given: words for what the check passes in place of the learner's own.
    """
    if unread := find_unread(function):
        raise NotYet(
            f"`{name}` never uses its argument `{unread}`.",
            f"the check gives it {given} than yours: use the arguments, not variables of other cells.",
        )
    for variable, value in read_globals(function).items():
        if isinstance(value, Story) or type(value).__module__.startswith(("twilio.", "helpers.callbacks.")):
            raise NotYet(
                f"`{name}` uses `{variable}`, a variable of another cell.",
                f"the check gives it {given} than yours: start with the arguments.",
            )


def call_with(own: OwnWorld, name: str, function: Callable[..., Any], *arguments: object, endless: str) -> Any:
    """Call the function and return its result; an error gets the hint that it gets in a cell.

    Args:
        endless: next step, if it sends more requests than any answer needs.

    Raises:
        NotYet: it raises.
    """
    try:
        return call(name, function, *arguments)
    except NotYet as stopped:
        if isinstance(stopped.__cause__, TooManyRequests):
            raise NotYet(f"`{name}` doesn't end: it sent 300 requests, and the check stopped it.", endless) from stopped
        if isinstance(stopped.__cause__, TwilioException):
            raise NotYet(f"in `{name}`: {hints.explain(stopped.__cause__, own.wire)}") from stopped
        raise
