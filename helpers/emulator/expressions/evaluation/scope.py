"""Names that an expression can use in each place it is written (reference 5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum

from ..grammar.expression_error import ExpressionError
from ..grammar.nodes import Path, Reference
from .lookup import format_path

__all__ = ["Scope", "check_reference", "describe_unprefixed", "lacks_prefix"]


class Scope(Enum):
    """Place an expression is written in."""

    WORKER = "TargetWorkers"
    """Names are a Worker's attributes. Empty text is valid and matches nobody."""
    WORKER_FILTER = "TargetWorkersExpression"
    """Names are those of WORKER, and ``sid``, ``friendly_name``, ``activity_sid``, ``activity_name``."""
    TASK = "filter"
    """Names are a Task's attributes, and ``taskrouter.*``."""
    TARGET = "target expression"
    """Names start with ``task.``, ``worker.`` or ``taskrouter.``; any other is null."""
    SKIP_IF = "skip_if"
    """``workers.available``, ``workers.unavailable`` and ``workers.WA…`` only."""


_TARGET_ROOTS = ("task", "worker", "taskrouter")
_BARE = {(root,) for root in _TARGET_ROOTS}
_MOST = 3
_ACTIVITY_SID = re.compile(r"WA[0-9a-f]{32}")


def check_reference(reference: Reference, scope: Scope, text: str) -> None:
    """Refuse a name that can't have a value in its place.

    Raises:
        ExpressionError: only in a target expression or a skip_if. In other places every name is an attribute.
    """
    if scope is Scope.TARGET and reference.path in _BARE:
        raise _bare(reference, text)
    if scope is Scope.SKIP_IF and not _is_count(reference):
        raise _unknown_count(reference, text)


def lacks_prefix(path: Path, scope: Scope) -> bool:
    """Return True for a name that needs ``task.``, ``worker.`` or ``taskrouter.`` in front and has none.

    It reads as null. Workflows in production have such names, so TaskRouter must accept them (reference 14.7).
    """
    return scope is Scope.TARGET and path[0] not in _TARGET_ROOTS


def describe_unprefixed(paths: Iterable[Path], scope: Scope) -> Iterator[str]:
    """Yield a sentence about each of the first three names that lack their prefix."""
    for path in sorted(path for path in paths if lacks_prefix(path, scope))[:_MOST]:
        name = format_path(path)[:40]
        yield (
            f"{name} has no task. or worker. in front, so it's null here. Write task.{name} or worker.{name}, or put "
            "it in quotes if it's text."
        )


def _is_count(reference: Reference) -> bool:
    match reference.path:
        case "workers", name:
            return name in ("available", "unavailable") or _ACTIVITY_SID.fullmatch(name) is not None
    return False


def _bare(reference: Reference, text: str) -> ExpressionError:
    name = reference.path[0]
    advice = (
        "Name the attribute to compare, for example: "
        f"{'taskrouter.currentHour' if name == 'taskrouter' else name + '.level'}."
    )
    return ExpressionError(f"no viable alternative at input '{name}'", reference.start, text, advice, end=reference.end)


def _unknown_count(reference: Reference, text: str) -> ExpressionError:
    name = text[reference.start : reference.end]
    return ExpressionError(
        f"no viable alternative at input '{name[:40]}'",
        reference.start,
        text,
        "A skip_if can use only workers.available, workers.unavailable and workers.WA followed by 32 hexadecimal "
        "digits, for example: workers.available == 0. To skip whenever nobody can be reserved now: 1==1.",
        end=reference.end,
    )
