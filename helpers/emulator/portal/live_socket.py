"""WebSocket that carries a feed's messages to a page."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect

from ..emulator_errors import StoreFailed
from .feed.feed import Feed
from .feed.feed_message import FeedMessage

__all__ = ["LiveSocket"]

_FIRST_SECONDS = 10.0
"""Time limit of the first message: a page sends it at once."""

_WAITING_CHARACTERS = 1024 * 1024
"""Limit of the messages that wait for a slow reader; beyond, it gets the whole state once it reads again."""

_NOT_UNDERSTOOD, _TOO_SLOW, _FAILED = 1007, 1008, 1011
"""Codes with which the socket is closed (RFC 6455, 7.4.1)."""


class _Watch(msgspec.Struct):
    """FeedMessage of a page: the Workspace that it shows from now on, or null."""

    watch: Annotated[str, msgspec.Meta(max_length=64)] | None


class LiveSocket:
    """Socket of one page, accepted already. Its account doesn't change; the Workspace that it shows does."""

    def __init__(self, feed: Feed, account_sid: str, socket: WebSocket) -> None:
        self._feed = feed
        self._account_sid = account_sid
        self._socket = socket
        self._watched: str | None = None
        self._leave: Callable[[], None] | None = None
        self._waiting: deque[FeedMessage] = deque()
        self._size = 0
        self._is_behind = False
        self._news = asyncio.Event()

    async def run(self) -> None:
        """Carry messages until the page goes."""
        writing = asyncio.create_task(self._write())
        try:
            await self._read()
        except WebSocketDisconnect:
            pass
        finally:
            writing.cancel()
            self._unsubscribe()
            with suppress(asyncio.CancelledError, WebSocketDisconnect):
                await writing

    async def _read(self) -> None:
        while True:
            try:
                async with asyncio.timeout(None if self._leave else _FIRST_SECONDS):
                    text = await self._socket.receive_text()
                self._watch(msgspec.json.decode(text, type=_Watch).watch)
            except TimeoutError:
                return await self._socket.close(_TOO_SLOW, 'Send {"watch": null}, or the SID of a Workspace.')
            except (msgspec.MsgspecError, KeyError):  # KeyError: bytes, where Starlette looks for text
                return await self._socket.close(_NOT_UNDERSTOOD, 'The message must be {"watch": SID or null}.')
            except StoreFailed as failure:
                return await self._fail(failure)

    def _watch(self, workspace_sid: str | None) -> None:
        """Send the whole state of another Workspace, or of the same one again, and what changes in it."""
        self._unsubscribe()
        self._clear()
        self._watched = workspace_sid
        self._leave = self._feed.subscribe(self._account_sid, workspace_sid, self._take)

    def _take(self, message: FeedMessage) -> None:
        if self._is_behind:
            return
        self._waiting.append(message)
        self._size += len(message.text)
        if self._size > _WAITING_CHARACTERS and len(self._waiting) > 1:
            self._clear()
            self._is_behind = True
        self._news.set()

    async def _write(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            while self._waiting or self._is_behind:
                try:
                    message = self._next()
                except StoreFailed as failure:
                    return await self._fail(failure)
                await self._socket.send_text(message.text)

    async def _fail(self, failure: StoreFailed) -> None:
        """Close the socket, because the state can't be read; the page comes again."""
        await self._socket.close(_FAILED, str(failure)[:120])

    def _next(self) -> FeedMessage:
        if self._is_behind:
            self._is_behind = False
            return self._feed.repeat(self._account_sid, self._watched)
        message = self._waiting.popleft()
        self._size -= len(message.text)
        return message

    def _clear(self) -> None:
        self._waiting.clear()
        self._size, self._is_behind = 0, False

    def _unsubscribe(self) -> None:
        if self._leave is not None:
            self._leave()
