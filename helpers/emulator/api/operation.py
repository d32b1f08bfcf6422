"""Operations, the rows from which routes, support matrix and API description are made, with the call that a handler
gets and the result that it returns.
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
    """Request, authenticated and read.

    ``values`` has the parameters by snake_case name; ``filters`` has them as they were sent, for the URLs of a list;
    ``body`` is the body of a POST; ``hints`` are sentences for the response's hint header.
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
        """SID of the Workspace in the path."""
        return self.sids["WorkspaceSid"] if "WorkspaceSid" in self.sids else self.sids["Sid"]

    @property
    def sid(self) -> str:
        """Last SID of the path."""
        return self.sids["Sid"]

    @property
    def now(self) -> Millis:
        """Time of the emulator's clock."""
        return self.emulator.clock.now()

    def read(self) -> WorkspaceState:
        """Return the Workspace of the path, after firing the timers that are due."""
        return self.emulator.read(self.account_sid, self.workspace_sid)

    def write(
        self,
        answer: Callable[[WorkspaceState, _T, Millis], Result],
        command: Callable[Concatenate[Transaction, _P], _T],
        /,
        *args: _P.args,
        **arguments: _P.kwargs,
    ) -> Result:
        """Run a command of the engine in the Workspace of the path, and return what ``answer`` makes of its result.

        The answer is made before routing: a new Task is returned as ``pending`` and at version 0, even if it is
        reserved a moment later.
        """
        workspace_sid = self.workspace_sid if self.sids else None
        return self.emulator.write_shared(self.account_sid, workspace_sid, answer, command, *args, **arguments)

    def find(self, records: dict[str, _T], name: str = "Sid") -> _T:
        """Return the record whose SID the path has for ``{name}``.

        Raises:
            NotFound: there is none.
        """
        record = records.get(self.sids[name])
        if record is None:
            raise NotFound(self.sids[name])
        return record


@dataclass(frozen=True, slots=True)
class Result:
    """Result of a handler: a JSON body or none, and the version that becomes the ETag."""

    body: dict[str, Any] | None
    version: int | None = None


def no_content(state: WorkspaceState, deleted: None, now: Millis) -> Result:
    """Return the result of a deletion."""
    return Result(None)


@dataclass(frozen=True, slots=True)
class Operation:
    """Operation of TaskRouter's API.

    Args:
        name: Twilio's operationId, such as ``FetchTask``.
        path: with the names of SIDs in braces.
        handle: returns the result of a call.
        parameters: of the query string for GET, of the form for POST.
        returns: name of the response's schema in ``schemas.py``; None for an empty response.
        list_key: the key of the records in a list, which is also ``meta.key``.
        success: the HTTP status of a response without an error.
        takes_if_match: True if the ``If-Match`` header is read.
        json_schema: of the body, if it is JSON rather than a form.
        ahead: returns the part of a call that takes long and needs no Workspace (compiling a configuration), or None.
            It is done first, while other requests go on, and its result is cached.
        differs: how the whole operation differs from Twilio's, in words.
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
    """Names of the SIDs in the path, in order."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "path_names", tuple(_NAME.findall(self.path)))
