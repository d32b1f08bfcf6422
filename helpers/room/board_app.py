"""ASGI application of a board: the page, the counts as they change, and the reports of seats."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator

import msgspec
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from helpers.emulator.guard import Guard, RequestSource
from helpers.room import board_page
from helpers.room.allowance import Allowance
from helpers.room.room_memory import RoomMemory, TooMany
from helpers.room.seat_report import MAX_REPORT, SeatReport

__all__ = ["BoardApp"]

_MOST_VIEWERS = 64
_COLLECT_SECONDS = 0.2
"""Time for which changes are collected, so that a room that starts at once doesn't make the page flicker."""

_LOOK_SECONDS = 15.0
"""Time after which a feed looks for seats that have been silent, and shows a proxy that it is alive."""

_FEED_HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
_SOURCE_HEADERS = ("host", "origin", "referer", "sec-fetch-site")


class BoardApp:
    """Application of one board.

    Args:
        memory: what it keeps.
        room: code without which nobody reads or writes anything.
        guard: refuses requests from pages of other sites.
        base: path of the board, without a slash at its end.
        line: line that learners type.
        last_lesson: number of the last lesson.
    """

    def __init__(self, memory: RoomMemory, room: str, guard: Guard, *, base: str, line: str, last_lesson: int) -> None:
        self._memory = memory
        self._room = room.encode()
        self._guard = guard
        self._base, self._line, self._last_lesson = base, line, last_lesson
        self._viewers: set[_Feed] = set()
        self._counts = b""
        self._due: asyncio.TimerHandle | None = None
        self._news = asyncio.Event()
        self._reports = Allowance(at_once=1000, per_second=200)
        self._app: ASGIApp = Starlette(
            routes=[
                Route(f"{base}/counts", self.counts, methods=["GET"]),
                Route(f"{base}/{{digest}}/{{name:path}}", _resource, methods=["GET"]),
                *(Route(path, self.page, methods=["GET"]) for path in (base, f"{base}/")),
                *(Route(path, self.report, methods=["POST"]) for path in (base, f"{base}/")),
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request from a foreign page, or answer it."""
        if scope["type"] == "http":
            request = Request(scope)
            source = RequestSource(*(request.headers.get(name, "") for name in _SOURCE_HEADERS))
            harmless = request.method == "GET" and scope["path"].rstrip("/") == self._base
            if refusal := self._guard.refusal(source, harmless=harmless):
                await _refuse(403, refusal)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def page(self, request: Request) -> Response:
        """Answer with the page."""
        if refusal := self._check_room(request):
            return refusal
        feed = f"{self._base}/counts?room={self._room.decode()}"
        return board_page.page(self._base, feed, self._line, self._last_lesson)

    async def counts(self, request: Request) -> Response:
        """Answer with the counts, and again after each change, as server-sent events."""
        if refusal := self._check_room(request):
            return refusal
        if request.method == "HEAD":
            return Response(media_type="text/event-stream", headers=_FEED_HEADERS)
        if len(self._viewers) >= _MOST_VIEWERS:
            return _refuse(429, f"{_MOST_VIEWERS} pages show the board already. Close some of them.")
        return _Feed(self._feed(), self._viewers)

    async def report(self, request: Request) -> Response:
        """Keep the report of a seat."""
        if refusal := self._check_room(request):
            return refusal
        if not self._reports.take():
            return _refuse(429, "The board gets too many reports. Send yours again in a second.")
        try:
            report = msgspec.json.decode(await _read(request), type=SeatReport)
            self._memory.take(report)
        except (msgspec.MsgspecError, ValueError, RecursionError):  # its text would quote what must not be seen
            return _refuse(400, "This isn't a seat's report. Its fields and their limits are those of SeatReport.")
        except _TooLarge:
            return _refuse(413, f"A report has at most {MAX_REPORT} bytes.")
        except TooMany as full:
            return _refuse(429, str(full))
        except ClientDisconnect:
            return Response(status_code=400)
        if self._due is None:
            self._due = asyncio.get_running_loop().call_later(_COLLECT_SECONDS, self._publish)
        return Response(status_code=204)

    def _check_room(self, request: Request) -> Response | None:
        """Return a refusal unless the request has the room's code."""
        code = request.query_params.get("room", "").upper().encode()
        if hmac.compare_digest(code, self._room):
            return None
        return board_page.refusal_page(404, "There's no such room here. Use the address that the board printed.")

    def _publish(self) -> None:
        """Count once for all pages, and wake their feeds."""
        if self._due is not None:
            self._due.cancel()
            self._due = None
        self._counts = msgspec.json.encode(self._memory.count())
        self._news.set()
        self._news = asyncio.Event()

    async def _feed(self) -> AsyncIterator[bytes]:
        if self._due is not None or len(self._viewers) == 1:  # nobody looked for silent seats while nobody watched
            self._publish()
        shown = b""
        while True:
            counts, news = self._counts, self._news
            yield b": still here\n\n" if counts == shown else b"data: %s\n\n" % counts
            shown = counts
            try:
                async with asyncio.timeout(_LOOK_SECONDS):
                    await news.wait()
            except TimeoutError:
                if news is self._news:  # the first of those that time out together looks for silent seats
                    self._publish()


class _Feed(StreamingResponse):
    """Feed that is among ``viewers`` from before its first byte to its end."""

    def __init__(self, content: AsyncIterator[bytes], viewers: set[_Feed]) -> None:
        super().__init__(content, media_type="text/event-stream", headers=_FEED_HEADERS)
        self._viewers = viewers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._viewers.add(self)
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._viewers.remove(self)


class _TooLarge(Exception):
    """Error for a body that is larger than any report."""


async def _read(request: Request) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_REPORT:
            raise _TooLarge
    return body


async def _resource(request: Request) -> Response:
    found = board_page.resource(request.path_params["digest"], request.path_params["name"])
    return found or _refuse(404, "There's no such file.")


def _refuse(status: int, sentence: str) -> Response:
    return JSONResponse({"message": sentence}, status)
