"""Explanations by SID of what an emulator holds, for readers in any language."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from ...background import Background
from ...display.safe_text import one_line
from ...emulator import Emulator
from ...engine.model.refusals import Refused
from ...sids import is_sid

if TYPE_CHECKING:
    from ...explanations import Explanation, Spelling

__all__ = ["Explainer", "NothingToExplain", "ResourcePath"]

_COLLECTIONS = {"WT": "tasks", "WK": "workers", "WW": "workflows"}
"""Collections of a Workspace, by the prefix of their SIDs."""

_UNKNOWN = (
    "It belongs to another account or another emulator, or was forgotten, by a reset for instance or with its "
    "Workspace. GET /v1/Workspaces/{WorkspaceSid}/Tasks lists the Tasks."
)
_OTHER = (
    "Give the SID of a Task, a Worker or a Workflow: WT, WK or WW, and 32 of the digits 0-9 and a-f. Of a Reservation, "
    "give the TaskSid."
)


class NothingToExplain(Refused):
    """SID of which nothing is known, or that isn't a Task's, a Worker's or a Workflow's."""

    status, code = 404, 20404

    def __init__(self, sid: str, *, is_whole: bool) -> None:
        super().__init__(
            f'Nothing here can be explained by the name "{one_line(sid)}". {_UNKNOWN if is_whole else _OTHER}'
        )


class ResourcePath(NamedTuple):
    """Place of a resource: ``collection`` is the SDK's name of its collection."""

    account_sid: str
    workspace_sid: str
    collection: str
    sid: str


class Explainer:
    """Explanations of what ``emulator`` holds; the search for them runs beside the requests of others."""

    def __init__(self, emulator: Emulator, background: Background) -> None:
        self._emulator = emulator
        self._background = background

    async def explain(
        self,
        sid: str,
        attributes: Any = None,
        *,
        account_sid: str | None = None,
        spelling: type[Spelling] | None = None,
    ) -> Explanation:
        """Explain a Task, a Worker, or a Workflow with the attributes of a future Task.

        Args:
            attributes: only with a Workflow: a dict or its JSON text.
            account_sid: account whose resources count; None for all.
            spelling: spelling of the code; None for readers over HTTP.

        Raises:
            NothingToExplain: there is no such resource, and no event about it.
            Invalid: a Task can't have these attributes, or ``sid`` isn't a Workflow's.
            NotReadable: the Workspace can't be read, as it changes too fast or its file fails.
        """
        collection = _COLLECTIONS.get(sid[:2])
        if collection is None or not is_sid(sid, sid[:2]):
            raise NothingToExplain(sid, is_whole=False)
        workspace_sid = self._workspace_of(sid, collection)
        state = self._emulator.world.workspaces.get(workspace_sid)
        if state is None or account_sid not in (None, state.workspace.account_sid):
            raise NothingToExplain(sid, is_whole=True)
        path = ResourcePath(state.workspace.account_sid, workspace_sid, collection, sid)
        return await self._background.run(partial(self._work, path, attributes, spelling))

    def _workspace_of(self, sid: str, collection: str) -> str:
        """Return the Workspace's SID; that of a removed Task is in its events. Empty if neither knows it."""
        for state in self._emulator.world.workspaces.values():
            if sid in getattr(state, collection):
                return state.workspace.sid
        events = self._emulator.store.events(None, task_sid=sid, limit=1) if collection == "tasks" else []
        return events[0].workspace_sid if events else ""

    def _work(self, path: ResourcePath, attributes: Any, spelling: type[Spelling] | None) -> Explanation:
        from .explanation_in_process import explain_in_process  # here, because a server must start without the SDK

        return explain_in_process(self._emulator, path, attributes, spelling, self._background.ask)
