"""Work on a Workspace that is read request by request, and that can change meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ...emulator_errors import WorkspaceChanged
from ...engine.model.refusals import Refused

__all__ = ["read_until_whole"]

T = TypeVar("T")

_MOST_READINGS = 3
_TORN = (AssertionError, LookupError, Refused)
"""Errors from a Workspace that changed while it was read: its Task has a Reservation of an unknown Worker, say."""


def read_until_whole(work: Callable[[], T]) -> T:
    """Return the result of ``work``, which reads a Workspace; where what it read doesn't fit together, do it again.

    Raises:
        WorkspaceChanged: the Workspace changes faster than it can be read.
    """
    for _ in range(_MOST_READINGS):
        try:
            return work()
        except _TORN as error:
            torn = error
    raise WorkspaceChanged(torn) from torn
