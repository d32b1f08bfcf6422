"""Request that the listener received, with its reply, as the inbox keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus

from helpers.callbacks.signature import HEADER
from helpers.ground.message import Parameters, header

__all__ = ["Received"]


@dataclass(frozen=True, slots=True, repr=False)
class Received:
    """Request that the listener received, with its reply.

    ``raw`` is the body as received, ``reply`` the body sent back. ``signature`` is "valid", "wrong", "missing" or "not
    checked". ``refused`` says why the request was refused, or is None; ``hints`` say what to improve in the reply.
    ``complete`` is False if the request couldn't be read to its end. ``replay_of`` is the number of the request that
    was replayed. ``built_here`` is True for a callback that this kernel built, as TaskRouter has no way to send one.
    ``public_url`` is the URL by which it came from outside, None if it came from this machine. ``repeats`` is the
    number of an earlier request that is the same, with the same valid signature, or None. ``receiver`` is the name of
    what received it, for diagrams. Cookies and credentials among
    the headers are masked. ``began`` and ``ended`` are marks (see ``helpers.ordering``); ``thread`` identifies the
    thread that answered, ``at_ms`` is this machine's time then, in epoch milliseconds.
    """

    number: int
    method: str
    path: str
    query: str
    headers: dict[str, str]
    raw: bytes
    parameters: Parameters
    status: int
    reply: bytes
    duration_ms: float
    signature: str
    refused: str | None = None
    hints: tuple[str, ...] = ()
    complete: bool = True
    replay_of: int | None = None
    built_here: bool = False
    public_url: str | None = None
    repeats: int | None = None
    receiver: str = ""
    began: int = 0
    ended: int = 0
    thread: int = 0
    at_ms: int = field(default=0, compare=False)

    @property
    def is_from_outside(self) -> bool:
        """True if it came by the public URL."""
        return self.public_url is not None

    @property
    def is_strange(self) -> bool:
        """True if it came from outside and was refused."""
        return self.is_from_outside and self.refused is not None

    @property
    def is_answered(self) -> bool:
        """True if the reply says that all is well."""
        return self.status in (HTTPStatus.OK, HTTPStatus.NO_CONTENT)

    @property
    def valid_signature(self) -> str:
        """Signature, if it is valid and TaskRouter's own request had it; else an empty text."""
        return header(self.headers, HEADER) if self.signature == "valid" and self.replay_of is None else ""

    def is_like(self, path: str, parameters: Parameters) -> bool:
        """Return True if this one has the same path and parameters; a signature alone doesn't show that.

        It covers names and values without what separates them: A=1 and B=2 have the signature of A1B=2.
        """
        return (self.path, self.parameters) == (path, parameters)

    def __repr__(self) -> str:
        again = ""
        if self.replay_of is not None:
            again = f", request {self.replay_of} again"
        elif self.built_here:
            again = ", built here"
        elif self.repeats is not None:
            again = f", the same as request {self.repeats}"
        return f"Received({self.number}: {self.method} {self.path}{again} -> {self.status}, signature {self.signature})"
