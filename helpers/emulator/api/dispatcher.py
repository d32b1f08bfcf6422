"""Dispatcher of requests below ``/v1``: authenticate, read, handle, respond."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from starlette.types import Receive, Scope, Send

from ..background import Background
from ..emulator_errors import StoreFailed
from ..engine.model.refusals import Invalid, NotFound, Refused
from ..hint_header import hint_header
from .http.authentication import CHALLENGE, SESSION_ACCOUNT, authenticate
from .http.bodies import MAX_BODY, MAX_JSON, read_body, read_form
from .http.forms import read_pairs
from .http.response_headers import Headers, response_headers
from .http.rest_errors import MethodNotAllowed, Unauthenticated, error_body
from .operation import Call, Operation, Result
from .operations import OPERATIONS
from .route_tree import Tree

if TYPE_CHECKING:
    from ..emulator import Emulator

__all__ = ["Dispatcher"]

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())

_LONG = 64 * 1024
"""Length from which a form is decoded on a thread, in bytes: it can take ten milliseconds."""

_encode = msgspec.json.Encoder().encode


class _Answer(NamedTuple):
    status: int
    body: bytes
    headers: Headers


class Dispatcher:
    """ASGI application of TaskRouter's operations."""

    def __init__(self, emulator: Emulator, background: Background) -> None:
        self._emulator = emulator
        self._background = background
        self._tree = Tree.of(OPERATIONS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        answer = await self._answer(scope, receive)
        # Errors and GETs wait, too: they can depend on changes that aren't stored yet.
        if (failure := await self._emulator.wait_until_kept()) is not None:
            answer = _not_stored(scope, failure)
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        await send({"type": "http.response.body", "body": answer.body})
        if self._emulator.store.is_behind:
            self._background.afterwards(self._emulator.store.catch_up)

    async def _answer(self, scope: Scope, receive: Receive) -> _Answer:
        path: str = scope["path"]
        try:
            if scope["method"] == "OPTIONS":
                return self._options(path)
            return await self._handle(scope, receive)
        except Refused as refused:
            return _refusal(refused, path)
        except StoreFailed as failure:
            return _not_stored(scope, failure)
        except Exception:
            _log.exception("%s %s failed", scope["method"], path)
            return _error(500, 20500, "Internal Server Error")

    async def _handle(self, scope: Scope, receive: Receive) -> _Answer:
        headers = dict(scope["headers"])
        account_sid: str = scope.get(SESSION_ACCOUNT) or authenticate(
            headers.get(b"authorization", b""), self._emulator.accounts
        )
        operation, found = self._tree.find(scope["method"], scope["path"])
        sids = dict(zip(operation.path_names, found, strict=True))
        call = Call(self._emulator, operation, account_sid, scope["path"], sids)
        query = read_pairs(scope["query_string"])
        if operation.method == "POST":
            if misplaced := operation.parameters.known(query):
                raise Invalid(f"{misplaced[0][0]} is in the URL; the parameters of a POST are read from its body")
            call.body = await read_body(receive, MAX_BODY if operation.json_schema is None else MAX_JSON)
            if operation.json_schema is None:
                read = partial(_form_values, operation, headers, call.body)
                call.values = read() if len(call.body) < _LONG else await self._background.run(read)
        elif query:
            call.filters = operation.parameters.known(query)
            call.values = operation.parameters.read(call.filters)
        if operation.method == "GET" and headers.get(b"content-length", b"0") != b"0":
            call.hints.append("The body of a GET is not read. Put the filters into the query of the URL.")
        if operation.takes_if_match:
            call.if_match = _version(headers.get(b"if-match"))
        if operation.ahead is not None and (work := operation.ahead(call)) is not None:
            await self._background.run(work)
        return _success(operation, operation.handle(call), call.hints)

    def _options(self, path: str) -> _Answer:
        allowed = ", ".join([*self._tree.methods(path), "OPTIONS"])
        return _Answer(204, b"", [*response_headers(b""), (b"allow", allowed.encode())])


def _form_values(operation: Operation, headers: Mapping[bytes, bytes], body: bytes) -> dict[str, Any]:
    return operation.parameters.read(read_form(headers, body))


def _success(operation: Operation, result: Result, hints: list[str]) -> _Answer:
    body = b"" if result.body is None else _encode(result.body)
    headers = response_headers(body, result.version)
    if hints:
        headers.append(hint_header(hints))
    return _Answer(operation.success, body, headers)


def _not_stored(scope: Scope, failure: Exception) -> _Answer:
    _log.error("%s %s was not stored: %s", scope["method"], scope["path"], failure)
    return _error(503, 20503, "Service Unavailable", hint_header([str(failure)]))


def _refusal(refused: Refused, path: str) -> _Answer:
    """Return the response to a refused request. NotFound names the path without the version, as Twilio does."""
    message, more = refused.message, [hint_header([refused.hint])] if refused.hint else []
    if isinstance(refused, NotFound):
        message = NotFound(path.removeprefix("/v1")).message
        *above, last = path.split("/")
        if refused.what in above and refused.what != last:
            place = f"/{above[above.index(refused.what) - 1]}/{refused.what}"
            more.append(hint_header([f"There is no {place}, so there is nothing below it either."]))
    elif isinstance(refused, MethodNotAllowed):
        more.append((b"allow", refused.allowed.encode()))
    elif isinstance(refused, Unauthenticated):
        more.append(CHALLENGE)
    return _error(refused.status, refused.code, message, *more)


def _error(status: int, code: int, message: str, *headers: tuple[bytes, bytes]) -> _Answer:
    body = error_body(status, code, message)
    return _Answer(status, body, [*response_headers(body), *headers])


def _version(if_match: bytes | None) -> str | None:
    """Return the version in an ``If-Match`` header, quoted or not."""
    if if_match is None:
        return None
    return if_match.decode("latin-1").strip().removeprefix("W/").strip('"')
