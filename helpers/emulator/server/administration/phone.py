"""Phone: simulated calls to an application's number, and what their caller and the Worker do then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ...emulator import Emulator
from ...engine.callbacks.voice_request import PLACES, is_url
from ...engine.calls import phone_calls
from ...engine.model.refusals import Invalid, NotFound
from ...engine.model.resources import PhoneCall
from ...engine.model.twiml import BadTwiml, read_twiml
from ...engine.state import WorkspaceState

if TYPE_CHECKING:
    from ...callbacks.inline_queue import InlineQueue
    from ...callbacks.queue import CallbackQueue

__all__ = ["Phone"]

_CALLER, _SHOP = "+15558675310", "+15556667777"
"""Numbers of the caller and of the application, if none are given; nobody has them."""

_PLACES = {name.replace("From", "from_").replace("To", "to_").lower(): name for name in PLACES}

_NAMES = (
    "url",
    "twiml",
    "method",
    "from",
    "to",
    "digits",
    "worker_answers",
    "status_callback",
    "workspace_sid",
    *_PLACES,
)

_MOST = 1000
"""Limit of the calls of a Workspace that are on record at once: each is kept for a day."""


class Phone:
    """Phone that calls an application's number, and the phones of the Workers that answer it."""

    def __init__(self, emulator: Emulator, queue: CallbackQueue | InlineQueue) -> None:
        self._emulator = emulator
        self._queue = queue

    async def dial(self, account_sid: str, given: Mapping[str, str], *, patient: bool) -> dict[str, Any]:
        """Call a number, and return the call.

        Args:
            given: ``url`` or ``twiml``, and perhaps ``method``, ``from``, ``to``, ``digits``, ``worker_answers``,
                ``status_callback``, ``workspace_sid`` and locations such as ``from_city``.
            patient: wait until the application has answered all that the call asks.

        Raises:
            Invalid: a value is none of the allowed ones, or there are several Workspaces and none is named.
        """
        if unknown := sorted(given.keys() - set(_NAMES)):
            raise Invalid(f"{unknown[0][:80]!r} means nothing here; a call has {', '.join(_NAMES)}")
        state = self._workspace(account_sid, given.get("workspace_sid"))
        if len(state.phone_calls) >= _MOST:
            raise Invalid(f"There are {_MOST} calls already", "Those that are over go after a day: advance the clock.")
        call = self._emulator.write(
            account_sid,
            state.workspace.sid,
            phone_calls.dial,
            from_number=given.get("from") or _CALLER,
            to_number=given.get("to") or _SHOP,
            **_document(given),
            method=_one_of(given, "method", ("POST", "GET")),
            digits=given.get("digits", ""),
            places={_PLACES[name]: text for name, text in given.items() if name in _PLACES},
            worker_answers=_one_of(given, "worker_answers", ("true", "false")) == "true",
            status_callback=_url(given, "status_callback"),
        )
        return await self._show(call.sid, patient=patient)

    async def press(self, sid: str, digits: str, *, patient: bool) -> dict[str, Any]:
        """Press keys of the caller's phone.

        Raises:
            NotFound: there is no such call. Invalid: it is over, or there is no such key.
        """
        return await self._do(sid, phone_calls.press, digits, patient=patient)

    async def pick_up(self, sid: str, *, patient: bool) -> dict[str, Any]:
        """Answer the phone of the Worker that rings for a caller.

        Raises:
            NotFound: there is no such call. Invalid: no phone rings for it.
        """
        return await self._do(sid, phone_calls.pick_up, patient=patient)

    async def hang_up(self, sid: str, party: str, *, patient: bool) -> dict[str, Any]:
        """Hang up, as the ``caller`` or as the ``worker``, who declines if the phone still rings.

        Raises:
            NotFound: there is no such call. Invalid: it is over, no Worker is on it, or ``party`` is neither.
        """
        if party not in ("caller", "worker"):
            raise Invalid(f"party is {party[:80]!r}; it must be caller or worker")
        return await self._do(sid, phone_calls.hang_up, party, patient=patient)

    def fetch(self, sid: str) -> dict[str, Any]:
        """Return a call.

        Raises:
            NotFound: there is no such call.
        """
        return _describe(self._find(sid), self._emulator.clock.now())

    def list(self, workspace_sid: str | None = None) -> list[dict[str, Any]]:
        """Return the calls of a Workspace, or of all, oldest first."""
        self._emulator.pass_deadlines(self._emulator.clock.now())
        now = self._emulator.clock.now()
        return [
            _describe(call, now)
            for state in self._emulator.world.workspaces.values()
            if workspace_sid in (None, state.workspace.sid)
            for call in state.phone_calls.values()
        ]

    async def _do(self, sid: str, command: Callable[..., PhoneCall], *args: str, patient: bool) -> dict[str, Any]:
        call = self._find(sid)
        self._emulator.write(call.account_sid, call.workspace_sid, command, sid, *args)
        return await self._show(sid, patient=patient)

    async def _show(self, sid: str, *, patient: bool) -> dict[str, Any]:
        if patient:
            await self._queue.settle()
        return self.fetch(sid)

    def _find(self, sid: str) -> PhoneCall:
        self._emulator.pass_deadlines(self._emulator.clock.now())
        for state in self._emulator.world.workspaces.values():
            if (call := state.phone_calls.get(sid)) is not None:
                return call
        raise NotFound(sid)

    def _workspace(self, account_sid: str, workspace_sid: str | None) -> WorkspaceState:
        if workspace_sid:
            return self._emulator.read(account_sid, workspace_sid)
        found = self._emulator.workspaces(account_sid)
        if len(found) != 1:
            raise Invalid(f"There are {len(found)} Workspaces; name the one that is called: workspace_sid")
        return self._emulator.read(account_sid, found[0].sid)


def _document(given: Mapping[str, str]) -> dict[str, Any]:
    """Return where the TwiML of a call comes from."""
    if ("url" in given) == ("twiml" in given):
        raise Invalid("A call needs either url, where its number leads, or twiml")
    if "url" in given:
        return {"url": _url(given, "url")}
    try:
        return {"twiml": tuple(read_twiml(given["twiml"].encode(), "text/xml"))}
    except BadTwiml as bad:
        raise Invalid(f"twiml: {bad.text.replace('the reply', 'the text', 1)}") from None


def _url(given: Mapping[str, str], name: str) -> str | None:
    url = given.get(name)
    if url is not None and not is_url(url):
        raise Invalid(f"{name} is {url[:80]!r}; it must be an absolute http or https URL")
    return url


def _one_of(given: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    """Return a value, the first of the allowed ones by default."""
    value = given.get(name, allowed[0])
    if value not in allowed:
        raise Invalid(f"{name} is {value[:80]!r}; it must be {' or '.join(allowed)}")
    return value


def _describe(call: PhoneCall, now: int) -> dict[str, Any]:
    """Return what a call shows of itself; ``seconds`` are those since it was answered."""
    ends = now if call.ended_at is None else call.ended_at
    return {
        "sid": call.sid,
        "workspace_sid": call.workspace_sid,
        "direction": call.direction,
        "from": call.from_number,
        "to": call.to_number,
        "status": call.status,
        "stage": call.stage,
        "seconds": 0 if call.answered_at is None else (ends - call.answered_at) // 1000,
        "task_sid": call.task_sid,
        "reservation_sid": call.reservation_sid,
        "told": call.told,
    }
