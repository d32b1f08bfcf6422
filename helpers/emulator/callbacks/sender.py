"""Brings one callback where it belongs, and what is answered back to the engine."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from ..emulator_errors import StoreFailed
from ..engine.callbacks.callback_reply import ReplyContent, ReplyFault, read_reply
from ..engine.commands import instruction_commands
from ..engine.model.changes import Callback
from ..engine.model.refusals import Refused
from ..store.callback_log import Attempt, DeliveryEntry
from .request import Transport, Undelivered, outgoing
from .throttle import Throttle

if TYPE_CHECKING:
    from ..emulator import Emulator

__all__ = ["CallbackSender"]

_EXCERPT = 500

_UNREACHED = 11200
"""Twilio's debugger code for a callback URL that did not answer as it should."""


class CallbackSender:
    """Tries a callback's URL, then its fallback, hands the answer on and writes the log.

    It waits for nothing but ``transport``, so that with one that never waits it can be stepped
    without an event loop.
    """

    def __init__(self, emulator: Emulator, transport: Transport, throttle: Throttle) -> None:
        self._emulator = emulator
        self._transport = transport
        self._throttle = throttle

    async def deliver(self, callback: Callback) -> DeliveryEntry:
        """Deliver, and let the engine do what the answer says; failures are logged, never raised.

        What goes on a loop of callbacks is logged and not sent; a Reservation stays pending then until it times out.
        """
        entry = DeliveryEntry(callback=callback, attempts=[], delivered=False, at=0)
        if self._throttle.ends(callback):
            entry.text = "not sent: it was caused inside a callback of a loop, which an alert tells of"
            self._log(entry)
            return entry
        with self._throttle.opened(callback):
            reply = await self._reply(callback, entry)
        if callback.kind == "assignment":
            with self._throttle.answering(callback):
                self._answer(callback, reply)
        self._log(entry)
        return entry

    async def _reply(self, callback: Callback, entry: DeliveryEntry) -> ReplyContent | None:
        """Return the first answer that counts, the fallback's if the URL's does not; None without one."""
        for url in filter(None, (callback.url, callback.fallback_url)):
            content = await self._attempt(callback, url, entry)
            if content is not None:
                entry.delivered = True
                return content
        return None

    async def _attempt(self, callback: Callback, url: str, entry: DeliveryEntry) -> ReplyContent | None:
        """Return the answer if it counts, else None; each attempt goes on record, a failure in the debugger, too."""
        account = self._emulator.accounts.get(callback.account_sid)
        try:
            if account is None:
                raise Undelivered(f"nobody knows the Auth Token of {callback.account_sid} any more to sign with")
            reply = await self._transport.send(outgoing(callback, url, account.auth_token))
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

    def _alert(self, entry: DeliveryEntry, fault: ReplyFault) -> None:
        """Note what was wrong in the log and in the account's debugger."""
        entry.code, entry.text = fault.code, fault.text
        callback = entry.callback
        text = f"{callback.kind} callback: {fault.text}"
        self._emulator.alert(fault.code, text, callback.sid, callback.workspace_sid)

    def _answer(self, callback: Callback, reply: ReplyContent | None) -> None:
        write, sid = self._emulator.write, callback.sid
        try:
            if reply is None:
                write(callback.account_sid, callback.workspace_sid, instruction_commands.give_up, sid)
            else:
                write(callback.account_sid, callback.workspace_sid, instruction_commands.answer, sid, reply)
        except (Refused, StoreFailed):
            # The workspace has gone meanwhile, or the disk is full: then the Reservation stays pending until it
            # times out, and after a restart the callback is sent again.
            return

    def _log(self, entry: DeliveryEntry) -> None:
        entry.at = self._emulator.clock.now()
        with suppress(StoreFailed):
            self._emulator.store.add_delivery(entry)
