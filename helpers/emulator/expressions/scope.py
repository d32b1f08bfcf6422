"""Which names an expression may use, by the place it stands in (reference, section 5.1)."""

from __future__ import annotations

import re
from enum import Enum

from helpers.emulator.expressions.errors import ExpressionError
from helpers.emulator.expressions.nodes import Reference

__all__ = ["Scope", "check_reference"]


class Scope(Enum):
    """The place an expression stands in."""

    WORKER = "TargetWorkers"
    """Names are a Worker's attributes. An empty text is allowed and selects nobody."""
    WORKER_FILTER = "TargetWorkersExpression"
    """As WORKER, and ``sid``, ``friendly_name``, ``activity_sid``, ``activity_name``."""
    TASK = "filter"
    """Names are a Task's attributes, and ``taskrouter.*``."""
    TARGET = "target expression"
    """Names start with ``task.``, ``worker.`` or ``taskrouter.``."""
    SKIP_IF = "skip_if"
    """``workers.available``, ``workers.unavailable`` and ``workers.WA…`` only."""


_TARGET_ROOTS = ("task", "worker", "taskrouter")
_ACTIVITY_SID = re.compile(r"WA[0-9a-f]{32}")


def check_reference(reference: Reference, scope: Scope, text: str) -> None:
    """Refuse a name that cannot mean anything where it stands.

    Raises:
        ExpressionError: only in a target expression or a skip_if; elsewhere every name is an attribute.
    """
    if scope is Scope.TARGET and not _is_target_name(reference):
        raise _unprefixed(reference, text)
    if scope is Scope.SKIP_IF and not _is_count(reference):
        raise _unknown_count(reference, text)


def _is_target_name(reference: Reference) -> bool:
    return len(reference.path) > 1 and reference.path[0] in _TARGET_ROOTS


def _is_count(reference: Reference) -> bool:
    match reference.path:
        case "workers", name:
            return name in ("available", "unavailable") or _ACTIVITY_SID.fullmatch(name) is not None
    return False


def _unprefixed(reference: Reference, text: str) -> ExpressionError:
    name = text[reference.start : reference.end]
    return ExpressionError(
        f"no viable alternative at input '{name[:40]}'",
        reference.start,
        text,
        "Names in a target's expression start with task., worker. or taskrouter. "
        f"Say whose it is: worker.{name[:40]} or task.{name[:40]}. Text needs quotes.",
        end=reference.end,
    )


def _unknown_count(reference: Reference, text: str) -> ExpressionError:
    name = text[reference.start : reference.end]
    return ExpressionError(
        f"no viable alternative at input '{name[:40]}'",
        reference.start,
        text,
        "A skip_if knows only workers.available, workers.unavailable and workers.WA followed by 32 hexadecimal digits, "
        "for example: workers.available == 0. To skip whenever nobody can be reserved now: 1==1.",
        end=reference.end,
    )
