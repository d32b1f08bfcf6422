"""Copies of a Workspace for notebooks, read with GET requests or pasted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from twilio.rest.taskrouter.v1.workspace import WorkspaceContext, WorkspaceInstance

from helpers.connection import connect, current
from helpers.emulator.copies import WorkspaceCopy
from helpers.emulator.copies import copy_workspace as copy_anywhere
from helpers.emulator.copies import paste_workspace as paste_anywhere
from helpers.emulator.explanations.reading.workspace_reader import CLOSELY_READ
from helpers.emulator.sdk.sdk_reading import client_of, sid_of
from helpers.output.display import Display

__all__ = ["CopyDisplay", "copy_workspace", "paste_workspace"]


def copy_workspace(
    workspace: object, *, redact: bool | Collection[str] = True, most_workers: int = CLOSELY_READ
) -> CopyDisplay:
    """Read a Workspace with GET requests only, and return a copy of it that lives in this kernel.

    Explain, change and advance the copy as you like: nothing is ever written to the original. The requests aren't
    recorded on the wire, because their bodies hold what is redacted in the copy.

    Args:
        workspace: the SDK's context or instance of a Workspace, or the SID of one of this connection's account.
        redact: False keeps contact data. Keys, such as ``{"nickname"}``, are redacted beside those that are known.
        most_workers: number of Workers whose channels are read; those of others are taken to be free.

    Raises:
        NotCopyable: an argument is something else.
        TwilioException: a request was refused.
    """
    return CopyDisplay(copy_anywhere(_unrecorded(workspace), redact=redact, most_workers=most_workers))


def paste_workspace(
    workflow: object, workers: object, task_queues: object = None, *, redact: bool | Collection[str] = True
) -> CopyDisplay:
    """Return a Workspace made of pasted parts, without an account: a Workflow's JSON and Workers.

    Args:
        workflow: the configuration of a Workflow, or the whole Workflow, as JSON text or as a dict.
        workers: Workers or only their attributes, as a list of dicts, JSON, or CSV with a header.
        task_queues: expressions (``target_workers``) by SID or name, or TaskQueues as a list of dicts or JSON.
        redact: as for ``copy_workspace``.

    Raises:
        NotCopyable: a part can't be read; the text says where.
    """
    return CopyDisplay(paste_anywhere(workflow, workers, task_queues, redact=redact))


class CopyDisplay(Display):
    """Copy of a Workspace in this kernel.

    Attributes:
        client: a twilio ``Client`` for the copy.
        workspace: its context of the Workspace; SIDs in it are the original's.
        workspace_sid: SID of the Workspace.
        notes: sentences about what was redacted, wasn't read or isn't known.
    """

    def __init__(self, copy: WorkspaceCopy) -> None:
        super().__init__(copy.view)
        self._copy = copy
        self.client = copy.client
        self.workspace = copy.workspace
        self.workspace_sid = copy.workspace_sid
        self.notes = copy.notes

    def advance(self, seconds: float) -> None:
        """Move the copy's clock forward by ``seconds``; timers that are due fire in order."""
        self._copy.advance(seconds)

    def document(self) -> str:
        """Return the copy as it was made, as the JSON text of a file for ``taskrouter-emulator --load``."""
        return self._copy.document()


def _unrecorded(workspace: object) -> object:
    """Return the Workspace by way of a Client that records nothing, if it is this connection's."""
    if isinstance(workspace, str) and workspace.startswith("WS"):
        return _seen_by_onlooker(workspace)
    connection = current()
    if not isinstance(workspace, WorkspaceContext | WorkspaceInstance) or connection is None:
        return workspace
    return _seen_by_onlooker(sid_of(workspace) or "") if client_of(workspace) is connection.client else workspace


def _seen_by_onlooker(sid: str) -> Any:
    onlooker: Any = connect().make_onlooker()
    return onlooker.taskrouter.v1.workspaces(sid)
