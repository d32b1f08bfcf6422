"""What an operation is: a row of the table from which routes, the support matrix and our API
description are made, and the call and the reply that its handler deals in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from ..clock import Millis
from ..engine.model.refusals import NotFound
from .parameters.parameters import Parameters

if TYPE_CHECKING:
    from ..emulator import Emulator
    from ..engine.state import WorkspaceState
    from ..engine.transaction import Transaction

__all__ = ["Call", "Operation", "Result", "no_content"]

_NAME = re.compile(r"{(\w+)}")
_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(slots=True)
class Call:
    """One request, authenticated and read.

    ``values`` holds what was given, by snake_case name; ``filters`` the given parameters as they
    came, for the URLs of a list; ``body`` the JSON of the one operation that takes some; ``hints`` what the caller
    should know though the call succeeds.
    """

    emulator: Emulator
    operation: Operation
    account_sid: str
    path: str
    sids: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    filters: list[tuple[str, str]] = field(default_factory=list)
    if_match: str | None = None
    body: bytes = b""
    hints: list[str] = field(default_factory=list)

    @property
    def workspace_sid(self) -> str:
        """The workspace the path leads into."""
        return self.sids["WorkspaceSid"] if "WorkspaceSid" in self.sids else self.sids["Sid"]

    @property
    def sid(self) -> str:
        """The last SID of the path."""
        return self.sids["Sid"]

    @property
    def now(self) -> Millis:
        """The emulator's time; ages are counted up to it."""
        return self.emulator.clock.now()

    def read(self) -> WorkspaceState:
        """The workspace of the path, with all timers fired that are due."""
        return self.emulator.read(self.account_sid, self.workspace_sid)

    def write(
        self,
        answer: Callable[[WorkspaceState, _T, Millis], Result],
        command: Callable[Concatenate[Transaction, _P], _T],
        /,
        *args: _P.args,
        **arguments: _P.kwargs,
    ) -> Result:
        """Run a command of the engine in the workspace of the path, and return what ``answer`` makes of its result.

        The answer is made before routing goes on: a new Task is answered as ``pending`` and at version 0, even if its
        Reservation is there a moment later.
        """
        workspace_sid = self.workspace_sid if self.sids else None
        return self.emulator.write_shared(self.account_sid, workspace_sid, answer, command, *args, **arguments)

    def find(self, records: dict[str, _T], name: str = "Sid") -> _T:
        """The record whose SID stands in the path where the template says ``{name}``.

        Raises:
            NotFound: there is none.
        """
        record = records.get(self.sids[name])
        if record is None:
            raise NotFound(self.sids[name])
        return record


@dataclass(frozen=True, slots=True)
class Result:
    """Answer of a handler: a JSON body or none, and the version that becomes the ETag."""

    body: dict[str, Any] | None
    version: int | None = None


def no_content(state: WorkspaceState, deleted: None, now: Millis) -> Result:
    """Answer a deletion."""
    return Result(None)


@dataclass(frozen=True, slots=True)
class Operation:
    """One of TaskRouter's operations.

    Args:
        name: Twilio's operationId, such as ``FetchTask``.
        path: with the names of SIDs in braces.
        handle: answers a call.
        parameters: of the query string for GET, of the form for POST.
        returns: name of a schema in ``schemas.py``; None if nothing comes back.
        list_key: the key of the records in a list, which is also ``meta.key``.
        success: the HTTP status of an answer that is no refusal.
        takes_if_match: whether the ``If-Match`` header counts.
        json_schema: of the body, if it is JSON rather than a form.
        ahead: looks at a call and returns the part of it that takes long and touches no Workspace (reading a
            configuration), or None. It is done first, beside other requests, and remembered.
        differs: where the whole operation differs from Twilio's, in words.
    """

    name: str
    method: str
    path: str
    handle: Callable[[Call], Result]
    parameters: Parameters = field(default_factory=Parameters)
    returns: str | None = None
    list_key: str | None = None
    success: int = 200
    takes_if_match: bool = False
    json_schema: dict[str, Any] | None = None
    ahead: Callable[[Call], Callable[[], object] | None] | None = None
    differs: str = ""
    path_names: tuple[str, ...] = field(init=False)
    """The names of the SIDs in the path, in order."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "path_names", tuple(_NAME.findall(self.path)))
