"""Sender of one callback to its URLs, and of the reply to the engine."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from ..emulator_errors import StoreFailed
from ..engine.callbacks.callback_reply import CallbackReply, ReplyContent, ReplyFault, read_reply
from ..engine.calls import phone_calls
from ..engine.commands import instruction_commands
from ..engine.model.changes import Callback
from ..engine.model.refusals import Refused
from ..request_log.logged_request import Delivery
from ..request_log.request_log import RequestLog
from ..store.callback_log import Attempt, DeliveryEntry
from .request import CallbackRequest, Transport, Undelivered, build_request
from .throttle import Throttle

if TYPE_CHECKING:
    from ..emulator import Emulator

__all__ = ["CallbackSender"]

_EXCERPT = 500

_UNREACHED = 11200
"""Twilio's debugger code for a callback URL that doesn't reply as it should."""


class CallbackSender:
    """Sender that tries a callback's URL, then its fallback URL, runs the instruction in the reply and writes the log.

    It waits for nothing but ``transport``, so that with one that never waits it runs without an event loop.

    Args:
        requests: log that keeps each attempt; one of its own, if left out.
        build: builds the signed request for a callback and a URL.
    """

    def __init__(
        self,
        emulator: Emulator,
        transport: Transport,
        throttle: Throttle,
        requests: RequestLog | None = None,
        build: Callable[[Callback, str, str], CallbackRequest] = build_request,
    ) -> None:
        self._emulator = emulator
        self._transport = transport
        self._throttle = throttle
        self._requests = requests or RequestLog(emulator)
        self._build = build

    async def deliver(self, callback: Callback) -> DeliveryEntry:
        """Send a callback, run the instruction in the reply, and return the log entry; failures are logged, not raised.

        A callback that continues a loop is logged and not sent; its Reservation stays pending until it times out.
        """
        entry = DeliveryEntry(callback=callback, attempts=[], delivered=False, at=0)
        if self._throttle.ends(callback):
            entry.text = "not sent: it was caused inside a callback of a loop, which an alert tells of"
            self._log(entry)
            return entry
        delivery = self._requests.delivery(callback)
        with self._throttle.opened(callback):
            reply = await self._reply(delivery, entry)
        if callback.kind in ("assignment", "voice"):
            with self._throttle.answering(callback), self._requests.caused_by_reply(delivery):
                self._answer(callback, reply)
        self._log(entry)
        return entry

    async def _reply(self, delivery: Delivery, entry: DeliveryEntry) -> ReplyContent | None:
        """Return the first valid reply, the fallback's if the URL's is not; None without one."""
        for url in filter(None, (entry.callback.url, entry.callback.fallback_url)):
            content = await self._attempt(delivery, url, entry)
            if content is not None:
                entry.delivered = True
                return content
        return None

    async def _attempt(self, delivery: Delivery, url: str, entry: DeliveryEntry) -> ReplyContent | None:
        """Return the reply if it is valid, else None; log the attempt, and leave an alert about a failure."""
        callback = entry.callback
        account = self._emulator.accounts.get(callback.account_sid)
        try:
            if account is None:
                raise Undelivered(f"nobody knows the Auth Token of {callback.account_sid} any more to sign with")
            reply = await self._send(delivery, self._build(callback, url, account.auth_token))
        except Undelivered as failure:
            entry.attempts.append(Attempt(url=url, error=str(failure)))
            self._alert(entry, ReplyFault(_UNREACHED, str(failure)))
            return None
        excerpt = reply.body[:_EXCERPT].decode("utf-8", "replace")
        entry.attempts.append(Attempt(url=url, status=reply.status, reply=excerpt))
        content = read_reply(callback.kind, reply)
        if isinstance(content, ReplyContent):
            return content
        self._alert(entry, content)
        return None

    async def _send(self, delivery: Delivery, request: CallbackRequest) -> CallbackReply:
        """Send one request, and keep it in the log of requests."""
        attempt = self._requests.begin_attempt(delivery, request)
        try:
            reply = await self._transport.send(request)
            attempt.note_reply(reply)
            return reply
        except Undelivered as failure:
            attempt.error = str(failure)
            raise
        finally:
            self._requests.finish(attempt)

    def _alert(self, entry: DeliveryEntry, fault: ReplyFault) -> None:
        """Note a failure in the log and in the account's debugger."""
        entry.code, entry.text = fault.code, fault.text
        callback = entry.callback
        text = f"{callback.kind} callback: {fault.text}"
        self._emulator.alert(fault.code, text, callback.sid, callback.workspace_sid)

    def _answer(self, callback: Callback, reply: ReplyContent | None) -> None:
        write, where, sid = self._emulator.write, (callback.account_sid, callback.workspace_sid), callback.sid
        try:
            if callback.kind == "voice":
                write(*where, phone_calls.take_reply, sid, callback.turn, reply)
            elif reply is None:
                write(*where, instruction_commands.give_up, sid)
            else:
                write(*where, instruction_commands.answer, sid, reply)
        except (Refused, StoreFailed):
            # The Workspace was deleted meanwhile, or the disk is full: then the Reservation stays pending until it
            # times out, and after a restart the callback is sent again.
            return

    def _log(self, entry: DeliveryEntry) -> None:
        entry.at = self._emulator.clock.now()
        with suppress(StoreFailed):
            self._emulator.store.add_delivery(entry)
