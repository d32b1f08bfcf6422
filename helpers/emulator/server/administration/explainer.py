"""Explanations by SID: the SDK reads this emulator inside the process, on a thread beside the event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...api import create_app
from ...background import Background
from ...display.safe_text import one_line
from ...emulator import Emulator
from ...emulator_errors import ExplainProblem, WorkspaceChanged
from ...engine.model.refusals import Invalid, Refused
from ...sids import is_sid

if TYPE_CHECKING:
    from ...explanations import Explanation

__all__ = ["Explainer"]

_COLLECTIONS = {"WT": "tasks", "WK": "workers", "WW": "workflows"}
"""Collections of the SDK, by the prefix of their SIDs."""


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


class NotReadable(Refused):
    """Workspace that can't be read now."""

    status, code = 503, 20503


class Explainer:
    """Explanations of what ``emulator`` holds.

    It sends GET requests to an application of its own, so that no fault strikes them and no log has them.

    Args:
        background: runs the search beside the requests of others.
    """

    def __init__(self, emulator: Emulator, background: Background) -> None:
        self._emulator = emulator
        self._background = background

    async def explain(self, sid: str, attributes: str | None = None, *, account_sid: str | None = None) -> Explanation:
        """Explain a Task, a Worker, or a Workflow with the attributes of a future Task.

        Args:
            attributes: JSON text, only with a Workflow.
            account_sid: account whose resources count; None for all.

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
        account = self._emulator.accounts[state.workspace.account_sid]

        def work() -> Explanation:
            return self._explain(account.sid, account.auth_token, workspace_sid, collection, sid, attributes)

        return await self._background.run(work)

    def _workspace_of(self, sid: str, collection: str) -> str:
        """Return the Workspace's SID; that of a removed Task is in its events. Empty if neither knows it."""
        for state in self._emulator.world.workspaces.values():
            if sid in getattr(state, collection):
                return state.workspace.sid
        events = self._emulator.store.events(None, task_sid=sid, limit=1) if collection == "tasks" else []
        return events[0].workspace_sid if events else ""

    def _explain(
        self, account_sid: str, auth_token: str, workspace_sid: str, collection: str, sid: str, attributes: str | None
    ) -> Explanation:
        from twilio.base.exceptions import TwilioException  # here, because a server must start without the SDK
        from twilio.rest import Client

        from ...explanations import explain
        from ...sdk.http_client import InProcessHttpClient
        from ...sdk.sdk_reading import is_gone

        http_client = InProcessHttpClient(create_app(self._emulator), run=self._background.ask)
        workspace: Any = Client(account_sid, auth_token, http_client=http_client).taskrouter.v1.workspaces(
            workspace_sid
        )
        try:
            return explain(getattr(workspace, collection)(sid), attributes)
        except WorkspaceChanged as problem:
            raise NotReadable(str(problem)) from problem
        except ExplainProblem as problem:
            raise Invalid(str(problem)) from problem
        except TwilioException as error:
            if is_gone(error):  # its Workspace was deleted meanwhile
                raise NothingToExplain(sid, is_whole=True) from error
            raise NotReadable(f"The Workspace can't be read now: {error}") from error
