"""Reception of the listener: leads a request to its reply and its entry in the inbox, without a socket."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from helpers.callbacks import signature
from helpers.callbacks.inbox import Inbox, Received
from helpers.callbacks.routes import HOME, Route, Routes, refuse_misplaced
from helpers.emulator.guard import Guard, RequestSource
from helpers.errors import NotReplayable
from helpers.ground.message import Parameters, Reply, Request, header, json_reply, parse_form, refusal
from helpers.ordering import next_mark

__all__ = ["Reception"]

_MASKED = {"authorization", "proxy-authorization", "cookie"}
"""Headers with secrets. A browser sends the Jupyter server's cookies too, because cookies ignore the port."""

_UNCHECKABLE = (
    "This listener is open to the internet, and has no auth token to check signatures with. "
    "Call `connection.listen()`, which gives it the account's, or `listener.configure(auth_token=…)`."
)


class Reception:
    """Receiver of requests: checks the signature, lets the route answer, and keeps both in the inbox."""

    def __init__(self, inbox: Inbox, *, auth_token: str | None = None) -> None:
        self.inbox = inbox
        self.routes = Routes()
        self.auth_token = auth_token
        self.exposed = False
        self._guard = _guard()

    def lead_from(self, public_url: str | None) -> None:
        """Expect requests through the tunnel at ``public_url``, or only from this machine if it is None."""
        self.exposed = public_url is not None
        self._guard = _guard(urlsplit(public_url or "").hostname)

    def answer(self, request: Request) -> tuple[Reply, Received]:
        """Answer ``request``, and put it into the inbox before the reply is sent."""
        started = _Start()
        verdict = "not checked"
        parameters: Parameters = {}
        try:
            parameters = _read_parameters(request)
            verdict, reply = self._judge_and_answer(request, parameters)
        except ValueError as error:
            reply = refusal(400, f"The parameters cannot be read: {error}.")
        return reply, self._keep(request, parameters, reply, verdict, started)

    def turn_away(self, request: Request, reply: Reply) -> None:
        """Put a request that didn't arrive in full into the inbox, with its refusal."""
        self._keep(request, {}, reply, "not checked", _Start(), complete=False)

    def replay(self, received: Received, edit: Mapping[str, str | None] | None = None) -> Received:
        """Answer ``received`` once more and return the new entry.

        Args:
            edit: parameters to change or add; None removes one. A changed form gets a new signature
                if the auth token is known; without ``edit`` the old signature is checked again.

        Raises:
            NotReplayable: ``received`` isn't a request, or didn't arrive in full.
        """
        if not isinstance(received, Received) or not received.complete:
            raise NotReplayable(received)
        target = received.path + (f"?{received.query}" if received.query else "")
        request = Request(received.method, target, received.headers, received.raw, replay_of=received.number)
        return self.answer(self._edit(request, edit) if edit else request)[1]

    def rehearse(self, url: str, parameters: Mapping[str, str]) -> Received:
        """Answer an assignment callback that this kernel built, signed as TaskRouter signs for ``url``."""
        raw = urlencode(parameters).encode()
        headers = {
            "Host": urlsplit(url).netloc,
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "Content-Length": str(len(raw)),
        }
        request = Request("POST", urlsplit(url).path, headers, raw, built_here=True)
        if self.auth_token is not None:
            headers[signature.HEADER] = signature.sign(request, self.auth_token, exposed=False)
        return self.answer(request)[1]

    def _refuse_foreign(self, request: Request) -> Reply | None:
        """Return a refusal for a request from a page of another site, else None."""
        if request.replay_of is not None:  # a replay comes from this kernel
            return None
        visit = RequestSource(
            *(header(request.headers, name) for name in ("Host", "Origin", "Referer", "Sec-Fetch-Site"))
        )
        sentence = self._guard.refusal(visit, harmless=request.path == HOME)
        return None if sentence is None else refusal(403, sentence)

    def _judge_and_answer(self, request: Request, parameters: Parameters) -> tuple[str, Reply]:
        route = self._refuse_foreign(request) or self.routes.find(request)
        if isinstance(route, Reply):
            return "not checked", route
        verdict = "not checked"
        if request.method in route.signed:
            verdict = signature.check(request, self.auth_token, exposed=self.exposed)
            if self.exposed and self.auth_token is None and request.replay_of is None:
                return verdict, refusal(403, _UNCHECKABLE)
        if verdict in signature.SENTENCES:
            return verdict, refusal(403, signature.SENTENCES[verdict])
        return verdict, refuse_misplaced(request.path, parameters) or _answer_safely(route, request, parameters)

    def _edit(self, request: Request, edit: Mapping[str, str | None]) -> Request:
        form = parse_form(request.raw.decode(errors="replace")) if request.is_form else parse_form(request.query)
        changed = {name: value for name, value in {**form, **edit}.items() if value is not None}
        encoded = urlencode(changed, doseq=True)
        if not request.is_form:
            return Request(request.method, f"{request.path}?{encoded}", request.headers, request.raw, request.replay_of)
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _REMADE}
        headers["Content-Length"] = str(len(encoded))
        edited = Request(request.method, request.target, headers, encoded.encode(), request.replay_of)
        if self.auth_token is not None:
            headers[signature.HEADER] = signature.sign(edited, self.auth_token, exposed=self.exposed)
        return edited

    def _keep(
        self,
        request: Request,
        parameters: Parameters,
        reply: Reply,
        verdict: str,
        started: _Start,
        *,
        complete: bool = True,
    ) -> Received:
        return self.inbox.add(
            Received(
                number=0,  # the inbox numbers
                method=request.method,
                path=request.path,
                query=request.query,
                headers={key: "***" if key.lower() in _MASKED else value for key, value in request.headers.items()},
                raw=request.raw,
                parameters=parameters,
                status=reply.status,
                reply=reply.body,
                duration_ms=(time.perf_counter() - started.seconds) * 1000,
                signature=verdict,
                refused=reply.refused,
                hints=reply.hints,
                complete=complete,
                replay_of=request.replay_of,
                built_here=request.built_here,
                began=started.mark,
                ended=next_mark(),
                thread=threading.get_ident(),
            )
        )


@dataclass(frozen=True, slots=True)
class _Start:
    """Start of a request: its mark in the order of this kernel's events, and the time in seconds."""

    mark: int = field(default_factory=next_mark)
    seconds: float = field(default_factory=time.perf_counter)


_REMADE = {"content-length", signature.HEADER.lower()}


def _guard(*names: str | None) -> Guard:
    return Guard("this listener", "the address in `listener.url`", filter(None, names))


def _read_parameters(request: Request) -> Parameters:
    form = parse_form(request.raw.decode(errors="replace")) if request.is_form else {}
    return {**parse_form(request.query), **form}


def _answer_safely(route: Route, request: Request, parameters: Parameters) -> Reply:
    try:
        return route.answer(request, parameters)
    except Exception as error:  # an error of ours must neither end the listener nor pass unseen
        message = f"The listener itself failed: {type(error).__name__}: {error}."
        return json_reply(500, {"message": "The listener itself failed."}, message)
