"""Views of requests that the listener received: parameters, headers, raw form, signature and reply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from ..blocks import Fields, Preformatted, Sentence, View
from ..safe_text import LONG_CHARACTERS, clip, escape_hidden, one_line, prettify
from .exchanges_view import SHOWN_EXCHANGES, ExchangeRow, exchanges_view
from .sdk_shapes import ReceivedLike

__all__ = ["request_view", "requests_view"]

_EMPTY = "no requests yet: the listener is waiting for the first one"
_VERDICTS = {
    "valid": (
        "Signature: valid. The sender knows the account's Auth Token, and nothing has changed since it was signed."
    ),
    "wrong": (
        "Signature: wrong. This request wasn't signed with the account's Auth Token, it has changed since, or "
        "it was signed for a different URL."
    ),
    "missing": "Signature: missing. TaskRouter signs every callback it sends.",
    "not checked": "Signature: not checked.",
}
_TONES: dict[str, Literal["good", "bad"]] = {"valid": "good", "wrong": "bad"}
# Headers that differ between machines and runs: ports, versions of curl and Python, signatures of a URL with a port.
_UNSTABLE_HEADERS = frozenset(
    {
        "host",
        "content-length",
        "user-agent",
        "accept-encoding",
        "connection",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-twilio-signature",
        "i-twilio-idempotency-token",
    }
)
_HIDDEN_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie"})


def request_view(received: ReceivedLike, *, replay: bool) -> View:
    """Show one request in full; ``replay`` adds the button that sends it again."""
    entry = _entry(received)
    view = exchanges_view("Requests", [entry], total=1, empty=_EMPTY, in_full=1, replay=replay)
    state = {**view.state, "single": True}
    return View(kind=view.kind, name=f"Request({received.number})", blocks=entry.blocks(), state=state)


def requests_view(received: Iterable[ReceivedLike], *, replay: bool, doubts: Sequence[str] = ()) -> View:
    """List requests, the newest first, and show the newest in full; ``doubts`` stand before them."""
    every = list(received)
    entries = [_entry(each) for each in every[-SHOWN_EXCHANGES:][::-1]]
    view = exchanges_view("Requests", entries, total=len(every), empty=_EMPTY, in_full=1, replay=replay)
    return replace(view, blocks=(*map(Sentence, doubts), *view.blocks), state={**view.state, "doubts": list(doubts)})


def _entry(received: ReceivedLike) -> ExchangeRow:
    return ExchangeRow(
        number=received.number,
        method=one_line(received.method),
        path=one_line(f"{received.path}?{received.query}" if received.query else received.path),
        status=str(received.status),
        about=_about(received.parameters),
        took=f"{received.duration_ms:.1f} ms",
        sentences=tuple(_sentences(received)),
        parts=(
            Fields("Parameters", tuple(_parameters(received.parameters))),
            _headers(received.headers),
            Preformatted("Raw form", escape_hidden(clip(_decode(received.raw), LONG_CHARACTERS))),
            Preformatted("Reply", prettify(_decode(received.reply))),
        ),
        tone=_TONES.get("wrong" if received.refused else received.signature, "plain"),
    )


def _sentences(received: ReceivedLike) -> Iterable[str]:
    if received.replay_of is not None:
        yield f"This is a replay of request {received.replay_of}."
    if received.built_here:
        yield (
            "Built here from Task, Worker and Reservation, because TaskRouter can't call this machine. Nobody "
            "carries out an instruction in the reply."
        )
    if received.is_from_outside:
        yield "It came from outside, through the public URL."
    if received.repeats is not None:
        yield f"It's the same as request {received.repeats}: the signatures are equal, so the contents are equal."
    yield _VERDICTS.get(received.signature, f"Signature: {one_line(received.signature)}.")
    if received.refused:
        yield f"Rejected: {escape_hidden(received.refused)}"
    if not received.complete:
        yield "The listener didn't read the whole body."
    yield from (f"Hint: {escape_hidden(hint)}" for hint in received.hints)


def _parameters(parameters: Mapping[str, str | list[str]]) -> Iterable[tuple[str, str]]:
    for name, value in parameters.items():
        for each in [value] if isinstance(value, str) else value:
            yield one_line(name), prettify(each)


def _headers(headers: Mapping[str, str]) -> Fields:
    pairs = tuple((one_line(name), _header(name, value)) for name, value in headers.items())
    return Fields("Headers", pairs, unstable=frozenset(name for name, _ in pairs if name.lower() in _UNSTABLE_HEADERS))


def _header(name: str, value: str) -> str:
    return "(not shown)" if name.lower() in _HIDDEN_HEADERS else escape_hidden(value)


def _decode(body: bytes) -> str:
    return body.decode("utf-8", "backslashreplace")


def _about(parameters: Mapping[str, str | list[str]]) -> str:
    event = parameters.get("EventType")
    if event:
        return one_line(event)
    return "assignment callback" if "ReservationSid" in parameters else ""
