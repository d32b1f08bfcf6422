"""Resources that can be explained, found by their SIDs in all of an emulator."""

from __future__ import annotations

from typing import NamedTuple

from ...display.safe_text import one_line
from ...emulator import Emulator
from ...engine.model.refusals import Refused
from ...sids import is_sid

__all__ = ["Explainable", "NotReadable", "NothingToExplain", "find_explainable"]

_COLLECTIONS = {"WT": "tasks", "WK": "workers", "WW": "workflows"}
"""Collections of a Workspace, by the prefix of their SIDs."""

_UNKNOWN = (
    "Perhaps it is mistyped, belongs to another account or emulator, or was forgotten, by a reset or with its "
    "Workspace. GET /v1/Workspaces/{WorkspaceSid}/Tasks lists the Tasks."
)
_OTHER = (
    "Give the SID of a Task, a Worker or a Workflow: WT, WK or WW, and 32 of the digits 0-9 and a-f. For a "
    "Reservation, pass the TaskSid."
)


class NothingToExplain(Refused):
    """SID of which nothing is known, or that isn't a Task's, a Worker's or a Workflow's."""

    status, code = 404, 20404

    def __init__(self, sid: str, *, is_whole: bool) -> None:
        super().__init__(
            f'Nothing here can be explained by the name "{one_line(sid)}". {_UNKNOWN if is_whole else _OTHER}'
        )


class NotReadable(Refused):
    """Workspace that can't be read now."""

    status, code = 503, 20503


class Explainable(NamedTuple):
    """Task, Worker or Workflow; ``collection`` is the SDK's name of all those in the Workspace."""

    account_sid: str
    workspace_sid: str
    collection: str
    sid: str


def find_explainable(emulator: Emulator, sid: str, account_sid: str | None = None) -> Explainable:
    """Return the resource with this SID; a Task that was removed counts as long as its events are kept.

    Args:
        account_sid: account whose resources count; None for all.

    Raises:
        NothingToExplain: there is none.
    """
    collection = _COLLECTIONS.get(sid[:2])
    if collection is None or not is_sid(sid, sid[:2]):
        raise NothingToExplain(sid, is_whole=False)
    state = emulator.world.workspaces.get(_workspace_of(emulator, sid, collection))
    owners = emulator.accounts if account_sid is None else (account_sid,)
    if state is None or state.workspace.account_sid not in owners:  # a data file can have those of earlier accounts
        raise NothingToExplain(sid, is_whole=True)
    return Explainable(state.workspace.account_sid, state.workspace.sid, collection, sid)


def _workspace_of(emulator: Emulator, sid: str, collection: str) -> str:
    """Return the SID of a Workspace that has, or had, the resource; empty if it isn't known."""
    for state in emulator.world.workspaces.values():
        if sid in getattr(state, collection):
            return state.workspace.sid
    events = emulator.store.events(None, task_sid=sid, limit=1) if collection == "tasks" else []
    return events[0].workspace_sid if events else ""
