"""Intake of requests: whoever judges them, each becomes an entry of the inbox before its reply is sent."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from helpers.callbacks.inbox.inbox import Inbox
from helpers.callbacks.inbox.received import Received
from helpers.ground.message import Parameters, Reply, Request, parse_form
from helpers.ordering import next_mark

__all__ = ["Intake", "Judgement", "read_parameters"]

_MASKED = {"authorization", "proxy-authorization", "cookie"}
"""Headers with secrets. A browser sends the Jupyter server's cookies too, because cookies ignore the port."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Reply to a request, with what was found out about it."""

    reply: Reply
    signature: str = "not checked"
    parameters: Parameters = field(default_factory=dict)
    kept: bool = True
    """True if the request goes to the inbox; False if there are too many like it, each of which would redraw a view."""


class Intake:
    """Maker of the inbox's entries."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def take(self, request: Request, judge: Callable[[Request], Judgement]) -> tuple[Reply, Received]:
        """Let ``judge`` answer ``request``, and put it into the inbox; return its reply and its entry."""
        started = _Start()
        judgement = judge(request)
        received = _describe(request, judgement, started)
        return judgement.reply, self.inbox.add(received) if judgement.kept else received

    def take_part(self, request: Request, reply: Reply) -> None:
        """Put a request that didn't arrive in full into the inbox, with its refusal."""
        self.inbox.add(_describe(request, Judgement(reply), _Start(), complete=False))


@dataclass(frozen=True, slots=True)
class _Start:
    """Start of a request: its mark in the order of this kernel's events, and the time in seconds."""

    mark: int = field(default_factory=next_mark)
    seconds: float = field(default_factory=time.perf_counter)


def _describe(request: Request, judgement: Judgement, started: _Start, *, complete: bool = True) -> Received:
    reply = judgement.reply
    return Received(
        number=0,  # the inbox numbers
        method=request.method,
        path=request.path,
        query=request.query,
        headers={key: "***" if key.lower() in _MASKED else value for key, value in request.headers.items()},
        raw=request.raw,
        parameters=judgement.parameters,
        status=reply.status,
        reply=reply.body,
        duration_ms=(time.perf_counter() - started.seconds) * 1000,
        signature=judgement.signature,
        refused=reply.refused,
        hints=reply.hints,
        complete=complete,
        replay_of=request.replay_of,
        public_url=request.public_url,
        built_here=request.built_here,
        began=started.mark,
        ended=next_mark(),
        thread=threading.get_ident(),
        at_ms=round(time.time() * 1000),
    )


def read_parameters(request: Request) -> Parameters:
    """Return the parameters of query and form.

    Raises:
        ValueError: there are too many.
    """
    form = parse_form(request.raw.decode(errors="replace")) if request.is_form else {}
    return {**parse_form(request.query), **form}
