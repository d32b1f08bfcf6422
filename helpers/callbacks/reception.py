"""Reception at the inner door, which is for this machine: leads a request to its route, without a socket."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from helpers.callbacks import signature
from helpers.callbacks.inbox import Received
from helpers.callbacks.inbox.intake import Intake, Judgement, read_parameters
from helpers.callbacks.routes import HOME, Route, Routes, refuse_misplaced
from helpers.emulator.guard import Guard, RequestSource
from helpers.ground.message import Parameters, Reply, Request, header, json_reply, refusal

__all__ = ["Reception"]

_OF_PROXIES = {"forwarded", "via", "x-real-ip", "x-original-host", "x-original-url"}
_FAMILIES_OF_PROXIES = ("x-forwarded-", "cf-", "tailscale-")
"""Names of headers that tunnels and proxies add to what they pass on, and beginnings of such names."""


class Reception:
    """Receiver at the inner door: lets the route answer those who may ask, once their signature has been checked."""

    server_name = "TaskRouter-Notebooks"

    def __init__(self, intake: Intake, *, auth_token: str | None = None) -> None:
        self.routes = Routes()
        self.auth_token = auth_token
        self._intake = intake
        self._guard = Guard("this listener", "the address in `listener.url`")

    def answer(self, request: Request) -> tuple[Reply, Received]:
        """Answer ``request``, and put it into the inbox before the reply is sent."""
        return self._intake.take(request, self._judge)

    def turn_away(self, request: Request, reply: Reply) -> Reply:
        """Put a request that didn't arrive in full into the inbox, with its refusal."""
        self._intake.take_part(request, reply)
        return reply

    def follow(self, request: Request, parameters: Parameters) -> Reply:
        """Return the reply of the request's route, or a refusal if there is none or a callback took the wrong one."""
        route = self.routes.find(request)
        if isinstance(route, Reply):
            return route
        return refuse_misplaced(request.path, parameters) or _answer_safely(route, request, parameters)

    def _judge(self, request: Request) -> Judgement:
        try:
            parameters = read_parameters(request)
        except ValueError as error:
            return Judgement(refusal(400, f"The parameters can't be read: {error}."))
        foreign = self._refuse_foreign(request)
        if foreign is not None:
            return Judgement(foreign, parameters=parameters)
        verdict = signature.check(request, self.auth_token) if self.routes.are_signed(request) else "not checked"
        sentence = signature.SENTENCES.get(verdict)
        reply = self.follow(request, parameters) if sentence is None else refusal(403, sentence)
        return Judgement(reply, verdict, parameters)

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
            headers[signature.HEADER] = signature.sign(request, self.auth_token)
        return self.answer(request)[1]

    def _refuse_foreign(self, request: Request) -> Reply | None:
        """Return a refusal for a request that isn't this machine's own, else None."""
        if request.replay_of is not None:  # a replay comes from this kernel
            return None
        visit = RequestSource(
            *(header(request.headers, name) for name in ("Host", "Origin", "Referer", "Sec-Fetch-Site"))
        )
        sentence = _explain_proxy(request.headers) or self._guard.refusal(visit, harmless=request.path == HOME)
        return None if sentence is None else refusal(403, sentence)


def _explain_proxy(headers: Mapping[str, str]) -> str | None:
    """Return a refusal for what a tunnel or a proxy has passed on: this door is open to this machine alone."""
    names = ((name, name.lower()) for name in headers)
    added = next((name for name, low in names if low in _OF_PROXIES or low.startswith(_FAMILIES_OF_PROXIES)), None)
    if added is None:
        return None
    return (
        f"A tunnel or proxy forwarded this request (header {added[:80]!r}), but this port answers only this "
        "machine. Point the tunnel to a separate port: `connection.listen(public_url=…, port=…)`, or let "
        "`listener.expose()` open one."
    )


def _answer_safely(route: Route, request: Request, parameters: Parameters) -> Reply:
    try:
        return route.answer(request, parameters)
    except Exception as error:  # an error of ours must neither end the listener nor pass unseen
        message = f"The listener itself failed: {type(error).__name__}: {error}."
        return json_reply(500, {"message": "The listener itself failed."}, message)
