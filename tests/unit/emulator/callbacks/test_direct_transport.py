"""A callback that is a function call has the limits of one over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from helpers.emulator.callbacks.direct_transport import DirectTransport
from helpers.emulator.callbacks.request import CallbackRequest, Undelivered
from helpers.emulator.engine.callbacks.callback_reply import CallbackReply
from helpers.emulator.sync import run_without_loop

REPLY = CallbackReply(status=200, content_type="application/json", body=b"{}")


class Stopwatch:
    """Time that passes while a receiver works."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def request(url: str = "http://127.0.0.1:9/events", limit_seconds: float = 5.0) -> CallbackRequest:
    return CallbackRequest(kind="event", url=url, headers={}, body=b"", limit_seconds=limit_seconds)


def sent(receive: Callable[[CallbackRequest], CallbackReply], url: str = "http://127.0.0.1:9/events") -> CallbackReply:
    return run_without_loop(DirectTransport(receive).send(request(url)))


@pytest.mark.parametrize("outcome", [REPLY, Undelivered("the connection was closed")], ids=["reply", "failure"])
@pytest.mark.parametrize(("seconds", "is_late"), [(4.999, False), (5.0, True), (60.0, True)])
def test_late_answer_counts_as_none(outcome, seconds, is_late):
    """It cannot be cut off, but neither reply nor failure counts once the limit has passed."""
    watch = Stopwatch()

    def receive(given: CallbackRequest) -> CallbackReply:
        watch.seconds += seconds
        if isinstance(outcome, Undelivered):
            raise outcome
        return outcome

    def send() -> object:
        try:
            return run_without_loop(DirectTransport(receive, watch).send(request()))
        except Undelivered as failure:
            return str(failure)

    expected = str(outcome) if isinstance(outcome, Undelivered) else outcome
    assert send() == ("no answer within 5 s" if is_late else expected)


@pytest.mark.parametrize(
    "url",
    ["http://example.com/", "http://127.0.0.1.example.com/", "http://localhost@example.com/", "http:///"],
)
def test_only_this_machine_is_reached(url):
    """Nobody is asked at another address."""
    with pytest.raises(Undelivered):
        sent(lambda given: pytest.fail("it was sent"), url)


@pytest.mark.parametrize("url", ["http://localhost/a", "http://127.7.7.7:80/a", "http://[::1]:80/a"])
def test_every_name_of_this_machine_is_reached(url):
    """Loopback has many addresses."""
    assert sent(lambda given: REPLY, url) == REPLY


def test_answer_of_any_length_ends_somewhere():
    """64 KB are read, one byte more is too long."""
    fits, too_long = (CallbackReply(status=200, content_type=None, body=b"x" * length) for length in (65_536, 65_537))

    assert sent(lambda given: fits) == fits
    with pytest.raises(Undelivered, match="longer than 65536 bytes"):
        sent(lambda given: too_long)


def test_other_errors_are_the_callers():
    """A receiver that fails by itself is repaired there, not logged as a callback that nobody answered."""
    with pytest.raises(ZeroDivisionError):
        sent(lambda given: 1 / 0)
