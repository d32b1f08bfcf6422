"""Inspector of the request log: summaries for lists, the detail of one request, and sending it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from starlette.types import ASGIApp

from ..api.http.authentication import PAGE_HEADER, authenticate
from ..api.http.rest_errors import Unauthenticated
from ..engine.model.refusals import NotFound
from ..request_log.logged_request import TIMER, LoggedRequest
from ..request_log.request_log import Listener, RequestLog
from .api_meanings import ApiOutcome, explain_api_request, read_outcome
from .callback_outcomes import check_signature, explain_callback, tell_effect
from .contents import Masker, headers_of, is_form, pairs_of, show_body
from .names import Names
from .resending import SendCallback, resend_callback, resend_request

if TYPE_CHECKING:
    from ..emulator import Emulator

__all__ = ["RequestInspector"]

_UNKNOWN = "unknown"
"""Account that isn't known yet, and is none that can ask."""

_PREFIXES = {"WT": "task_sid", "WK": "worker_sid", "WR": "reservation_sid", "WW": "workflow_sid"}
_FIELDS = {"TaskSid": "task_sid", "WorkerSid": "worker_sid", "ReservationSid": "reservation_sid"}


class RequestInspector:
    """Inspector of a :class:`.RequestLog`, on the emulator's thread.

    Args:
        app: answers requests to the API that are sent again, and logs them.
        send_callback: sends a callback again: it gets the callback, the number of the attempt that is sent again, and
            what was changed.
    """

    def __init__(self, emulator: Emulator, log: RequestLog, app: ASGIApp, send_callback: SendCallback) -> None:
        self._emulator = emulator
        self._log = log
        self._app = app
        self._send_callback = send_callback

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` as :meth:`.RequestLog.subscribe` does."""
        return self._log.subscribe(listener)

    def cause_of_event(self, number: int) -> int | None:
        """Return the number of the request or callback that caused an event, as :class:`.RequestLog` does."""
        return self._log.cause_of_event(number)

    def summaries(
        self, workspace_sid: str | None = None, after: int = 0, most: int = 200, account_sid: str | None = None
    ) -> list[dict[str, Any]]:
        """Return the newest requests, oldest first.

        Args:
            workspace_sid: only those of this Workspace and those of none; without it, all.
            after: only those with a higher number.
            account_sid: only those of this account, and those of nobody; without it, all.
        """
        found: list[LoggedRequest] = []
        for request in reversed(list(self._log)):
            if request.number <= after or len(found) == most:
                break
            if self._concerns(request, workspace_sid, account_sid):
                found.append(request)
        return [self._summary(request) for request in reversed(found)]

    def summary(
        self, number: int, workspace_sid: str | None = None, account_sid: str | None = None
    ) -> dict[str, Any] | None:
        """Return one request as :meth:`summaries` does; None if they leave it out, or it is kept no longer."""
        request = self._log.find(number)
        if request is None or not self._concerns(request, workspace_sid, account_sid):
            return None
        return self._summary(request)

    def detail(self, number: int, account_sid: str | None = None) -> dict[str, Any]:
        """Return a request with all that is known about it.

        Returns:
            The summary's keys, and ``headers``, ``parameters`` (pairs in the order sent), ``body``, ``reply_headers``,
            ``reply``, ``signature``, ``effect``, ``attempts``, ``changes``, ``caused`` (the callbacks),
            ``events`` and ``workspace_sid``.

        Raises:
            NotFound: the log has no such request, or keeps it no longer, or it is another account's.
        """
        request = self._find(number, account_sid)
        masker = self._masker()
        form = is_form(request)
        replied = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.reply_headers]
        return {
            **self._summary(request),
            "workspace_sid": self._workspace_of(request),
            "headers": masker.headers(headers_of(request)),
            "parameters": masker.pairs(pairs_of(request)),
            "body": show_body(request.body, request.body_size, masker, form=form) | {"form": form},
            "reply_headers": masker.headers(replied),
            "reply": show_body(request.reply, request.reply_size, masker),
            "caused": [self._summary(each) for each in map(self._log.find, request.effects) if each is not None],
            "events": [event._asdict() for event in request.events],
            **self._about_callback(request, masker),
        }

    async def replay(
        self,
        number: int,
        form: Sequence[tuple[str, str]] | None = None,
        body: str | None = None,
        account_sid: str | None = None,
    ) -> int:
        """Send a request again, with other parameters if some are given, and return the number of the new one.

        A callback is signed again, goes to its URL first, and its reply is carried out. A request to the API is a new
        one: a POST creates once more.

        Args:
            form: all parameters, in place of those that were sent; what was masked and not changed is as it was.
            body: a body that isn't a form, in place of the one that was sent.

        Raises:
            NotFound: as for :meth:`detail`, or the emulator was reset meanwhile.
            Invalid: it can't be sent like this.
        """
        request = self._find(number, account_sid)
        form = form and self._masker().restore(form, pairs_of(request))
        if request.delivery is None:
            await resend_request(self._app, request, form, body)
        else:
            await resend_callback(self._send_callback, request.number, request.delivery.callback, form, body)
        newest = next((each for each in reversed(list(self._log)) if each.replay_of == number), None)
        if newest is None:
            raise NotFound(f"request {number}")
        return newest.number

    # -- inside --------------------------------------------------------------------------------

    def _find(self, number: int, account_sid: str | None) -> LoggedRequest:
        request = self._log.find(number)
        if request is None or not self._concerns(request, None, account_sid):
            raise NotFound(f"request {number}")
        return request

    def _concerns(self, request: LoggedRequest, workspace_sid: str | None, account_sid: str | None) -> bool:
        if account_sid is not None and self._account_of(request) not in ("", account_sid):
            return False
        return workspace_sid is None or self._workspace_of(request) in ("", workspace_sid)

    def _account_of(self, request: LoggedRequest) -> str:
        """Return the SID of the account that sent a request, or is called back; empty text if nobody signed in.

        Whose session a page has isn't known before the response: until then its request is nobody's.
        """
        if request.delivery is not None:
            return request.delivery.callback.account_sid
        with suppress(Unauthenticated):
            given = next((value for name, value in request.headers if name == b"authorization"), b"")
            return authenticate(given, self._emulator.accounts)
        return request.session_account or (_UNKNOWN if request.took_ms is None and _is_from_page(request) else "")

    def _summary(self, request: LoggedRequest) -> dict[str, Any]:
        masker = self._masker()
        summary: dict[str, Any] = {
            "number": request.number,
            "kind": "api" if request.delivery is None else "callback",
            "method": request.method,
            "path": masker.url(request.url),
            "url": masker.url(request.url),
            "means": "",
            "status": request.status,
            "code": None,
            "error": masker.text(request.error),
            "at_ms": request.at_ms,
            "took_ms": request.took_ms,
            "by": "portal" if _is_from_page(request) else "",
            "cause": None,
            "by_timer": False,
            "effects": list(request.effects),
            "sids": {},
            "replay_of": request.replay_of,
            "sent": None,
            "is_overtaken": False,
            "repeats": False,
        }
        return summary | (self._api_part(request) if request.delivery is None else self._callback_part(request))

    def _api_part(self, request: LoggedRequest) -> dict[str, Any]:
        outcome = read_outcome(request)
        if request.means is None:
            means = self._masker().text(explain_api_request(request, outcome, self._names(request)))
            request.means = means if request.took_ms is not None else None
        else:
            means = request.means
        code = outcome.reply.get("code") if (request.status or 0) >= 400 else None
        path = request.url.partition("?")[0]
        return {"means": means, "code": code, "path": path, "sids": _sids_of(outcome)}

    def _callback_part(self, request: LoggedRequest) -> dict[str, Any]:
        assert request.delivery is not None
        delivery, callback = request.delivery, request.delivery.callback
        if request.means is None:
            request.means = self._masker().text(explain_callback(callback, self._names(request)))
        sids = {_FIELDS[name]: value for name, value in callback.parameters.items() if name in _FIELDS and value}
        if "WorkflowSid" in callback.parameters:
            sids["workflow_sid"] = callback.parameters["WorkflowSid"]
        return {
            "callback": callback.kind,
            "means": request.means,
            "path": _path_of(self._masker().url(request.url)),
            "cause": delivery.cause or None,
            "by_timer": delivery.cause == TIMER,
            "sent": request.sent,
            "is_overtaken": delivery.is_overtaken,
            "sids": sids,
        }

    def _about_callback(self, request: LoggedRequest, masker: Masker) -> dict[str, Any]:
        if request.delivery is None:
            return {"signature": None, "effect": None, "attempts": [], "changes": []}
        delivery = request.delivery
        account = self._emulator.accounts.get(delivery.callback.account_sid)
        attempts = [each for each in map(self._log.find, delivery.attempts) if each is not None]
        effect = tell_effect(request, delivery, self._emulator)
        return {
            "signature": check_signature(request, None if account is None else account.auth_token),
            "effect": effect | {"words": masker.text(effect["words"])},
            "attempts": [
                {
                    "number": each.number,
                    "url": masker.url(each.url),
                    "status": each.status,
                    "error": masker.text(each.error),
                    "took_ms": each.took_ms,
                }
                for each in attempts
            ],
            "changes": [masker.text(each) for each in delivery.changes],
        }

    def _workspace_of(self, request: LoggedRequest) -> str:
        """Return the SID of the Workspace that a request is about; empty text for none."""
        if request.delivery is not None:
            return request.delivery.callback.workspace_sid
        outcome = read_outcome(request)
        return outcome.workspace_sid or str(outcome.reply.get("sid", "") if _creates_workspace(outcome) else "")

    def _names(self, request: LoggedRequest) -> Names:
        return Names(self._emulator, self._account_of(request))

    def _masker(self) -> Masker:
        accounts = self._emulator.accounts.values()
        return Masker(secret for each in accounts for secret in (each.auth_token, *each.api_keys.values()))


def _is_from_page(request: LoggedRequest) -> bool:
    return any(name == PAGE_HEADER for name, _ in request.headers)


def _creates_workspace(outcome: ApiOutcome) -> bool:
    return outcome.operation is not None and outcome.operation.name == "CreateWorkspace"


def _path_of(url: str) -> str:
    """Return the path of a URL, with its query."""
    _, mark, rest = url.partition("://")
    return "/" + rest.partition("/")[2] if mark else url


def _sids_of(outcome: ApiOutcome) -> dict[str, str]:
    """Return the SIDs that a request names, in its path or in its response."""
    reply = outcome.reply
    given = [*outcome.sids.values(), *(reply.get(name) for name in ("sid", *_PREFIXES.values()))]
    return {_PREFIXES[sid[:2]]: sid for sid in reversed(given) if isinstance(sid, str) and sid[:2] in _PREFIXES}
