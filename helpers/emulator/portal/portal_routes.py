"""Routes of the portal: its pages, what they load, and what they ask."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from ..api.http.authentication import authenticate
from ..api.http.bodies import MAX_BODY, read_body, read_form
from ..api.http.other_routes import read_number
from ..api.http.rest_errors import Unauthenticated, error_body
from ..emulator_errors import StoreFailed
from ..engine.model.refusals import Refused
from ..hint_header import hint_header
from . import page_shell
from .live_socket import LiveSocket
from .page_paths import is_page
from .portal import Portal
from .session import Sessions, is_from_other_page, is_from_own_page

__all__ = ["portal_routes"]

_JSON = "application/json; charset=utf-8"

_FORM = "application/x-www-form-urlencoded"

_MAX_FORM = 4 * 1024
_MAX_QUESTION = 256 * 1024
"""Limits of bodies, in bytes."""

_MOST_SOCKETS = 64

_SIGN_IN, _TRY_LATER = 4401, 1013
"""Codes with which a socket is closed: without a session; with too many sockets open."""

HomePage = Callable[[Request], Awaitable[Response]]
"""Function that answers clients other than browsers at ``/``."""


def portal_routes(portal: Portal, home: HomePage) -> list[BaseRoute]:
    """Return the routes; ``home`` answers clients at ``/`` that are no browsers."""
    routes = _Routes(portal, home)
    return [
        Route("/portal/try", routes.answer, methods=["POST"]),
        Route("/portal/requests/{number}", routes.request),
        Route("/portal/requests/{number}/replay", routes.replay, methods=["POST"]),
        Route("/portal/sign-in", routes.ask_to_sign_in),
        Route("/portal/sign-in", routes.sign_in, methods=["POST"]),
        Route("/portal/{digest}/{name}", _resource),
        WebSocketRoute("/portal/live", routes.live),
        Route("/", routes.page),
        *(Route(path, routes.page) for path in ("/workspaces{rest:path}", "/requests{rest:path}", "/clock")),
    ]


class _Routes:
    """Endpoints with the portal that they show."""

    def __init__(self, portal: Portal, home: HomePage) -> None:
        self._portal = portal
        self._home = home
        self._sockets = 0

    @property
    def _sessions(self) -> Sessions:
        return self._portal.sessions

    async def page(self, request: Request) -> Response:
        """Answer with the page, or with the form that asks who is there."""
        if "text/html" not in ",".join(request.headers.getlist("accept")) or not is_page(request.scope["path"]):
            if request.scope["path"] == "/":
                return await self._home(request)
            raise HTTPException(404)
        known = self._sessions.account(request.scope)
        account_sid = known or self._sessions.first
        if account_sid is None:
            return self._sign_in_page(_path(request))
        answer = page_shell.page()
        if known is None:
            answer.raw_headers.append(self._sessions.cookie(request.scope, account_sid))
        return answer

    async def ask_to_sign_in(self, request: Request) -> Response:
        """Answer with the form that asks for an account, to change it too."""
        return self._sign_in_page("/")

    async def sign_in(self, request: Request) -> Response:
        """Give a browser the session of the account whose Auth Token it sends, and lead it to where it was going."""
        try:
            body = await read_body(request.receive, _MAX_FORM)
            given = dict(read_form(dict(request.scope["headers"]), body))
        except Refused as refused:
            return _refusal(refused)
        account_sid, next_path = given.get("account_sid", "").strip(), given.get("next", "/")
        next_path = next_path if is_page(next_path.partition("?")[0]) else "/"
        if not is_from_own_page(request.scope) or not self._portal.knows(account_sid, given.get("auth_token", "")):
            return self._sign_in_page(next_path, account_sid=account_sid, refused=True)
        answer = RedirectResponse(next_path, 303)
        answer.raw_headers.append(self._sessions.cookie(request.scope, account_sid))
        return answer

    async def answer(self, request: Request) -> Response:
        """Answer a question about a Workspace, on a copy."""

        async def answered(account_sid: str) -> object:
            return await self._portal.answer(account_sid, await read_body(request.receive, _MAX_QUESTION))

        return await self._respond(request, answered)

    async def request(self, request: Request) -> Response:
        """Answer with all that is known of a request or callback."""

        async def found(account_sid: str) -> object:
            return self._portal.inspector.detail(read_number(request, "request"), account_sid)

        return await self._respond(request, found)

    async def replay(self, request: Request) -> Response:
        """Send a request or callback again, with the form or other body of this one in place of its own, if any."""

        async def replayed(account_sid: str) -> object:
            body = await read_body(request.receive, MAX_BODY)
            is_form = request.headers.get("content-type", _FORM).startswith(_FORM)
            form = list(read_form(dict(request.scope["headers"]), body)) if body and is_form else None
            text = body.decode(errors="replace") if body and not is_form else None
            number = read_number(request, "request")
            return {"number": await self._portal.inspector.replay(number, form, text, account_sid)}

        return await self._respond(request, replayed)

    async def live(self, socket: WebSocket) -> None:
        """Carry the feed to a page of this server; the guard has checked Host and Origin before."""
        account_sid = self._sessions.account(socket.scope) or self._sessions.first
        if socket.headers.get("origin") is not None and not is_from_own_page(socket.scope):
            await socket.close()  # before it is accepted: the browser gets 403
            return
        await socket.accept(headers=[] if account_sid is None else [self._sessions.cookie(socket.scope, account_sid)])
        if account_sid is None:
            await socket.close(_SIGN_IN, "Sign in at /portal/sign-in.")
        elif self._sockets >= _MOST_SOCKETS:
            await socket.close(_TRY_LATER, f"{_MOST_SOCKETS} pages are open already.")
        else:
            await self._carry(socket, account_sid)

    async def _carry(self, socket: WebSocket, account_sid: str) -> None:
        self._sockets += 1
        try:
            await LiveSocket(self._portal.feed, account_sid, socket).run()
        finally:
            self._sockets -= 1

    def _sign_in_page(self, next_path: str, **more: Any) -> Response:
        return page_shell.sign_in_page(next_path, is_open=self._sessions.is_open, **more)

    async def _respond(self, request: Request, work: Callable[[str], Awaitable[object]]) -> Response:
        """Answer with the JSON that ``work`` returns for the request's account, or with an error of Twilio's shape."""
        try:
            return Response(msgspec.json.encode(await work(self._account(request))), media_type=_JSON)
        except Refused as refused:
            return _refusal(refused)
        except StoreFailed as failure:
            return Response(error_body(503, 20503, str(failure)), 503, media_type=_JSON)

    def _account(self, request: Request) -> str:
        """Return the account of a request: of the page's session, by its password, or on loopback the first one.

        Raises:
            Unauthenticated: there is none.
        """
        authorization = request.headers.get("authorization", "").encode()
        if authorization:
            return authenticate(authorization, self._portal.accounts)
        first = None if is_from_other_page(request.scope) else self._sessions.first
        account_sid = self._sessions.account_of_page(request.scope) or first
        if account_sid is None:
            raise Unauthenticated
        return account_sid


async def _resource(request: Request) -> Response:
    found = page_shell.resource(request.path_params["digest"], request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    return found


def _refusal(refused: Refused) -> Response:
    body = error_body(refused.status, refused.code, refused.message)
    answer = Response(body, refused.status, media_type=_JSON)
    if refused.hint:
        answer.raw_headers.append(hint_header([refused.hint]))
    return answer


def _path(request: Request) -> str:
    """Return path and query of a request, as its URL has them."""
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path
