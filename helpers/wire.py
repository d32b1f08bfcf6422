"""The wire: one record for each HTTP exchange of the SDK, without tokens."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, overload
from urllib.parse import urlsplit

from requests.structures import CaseInsensitiveDict
from twilio.http import HttpClient
from twilio.http.response import Response

from helpers.emulator.masking import mask
from helpers.emulator.sdk.http_client import read_hint
from helpers.ordering import next_mark

__all__ = ["Exchange", "Pause", "RecordingHttpClient", "Wire", "flatten"]

KEEP = 1000
"""Most exchanges a wire keeps; the oldest are dropped first."""


@dataclass(frozen=True)
class Exchange:
    """One request of the SDK with its response, without the Auth Token and passwords in URLs."""

    number: int
    method: str
    url: str
    """URL that the SDK requested, on ``taskrouter.twilio.com`` in both modes."""
    path: str
    parameters: tuple[tuple[str, str], ...]
    """Query and form parameters in the order sent; a repeated name has several pairs."""
    status: int
    """HTTP status, or 0 if there was no response."""
    body: str
    duration_ms: float
    account_sid: str
    began: int = 0
    """Mark (see ``ordering``) at which it was sent; 0 if it wasn't recorded."""
    thread: int = 0
    """Thread that sent it: a request made while a callback is answered comes from that callback's thread."""
    if_match: str = ""
    """Version that the request expects, the value of the header ``If-Match``."""
    hint: str = ""
    """Hint of the emulator beside Twilio's message; empty in live mode."""
    is_live: bool = False
    """True if it went to Twilio."""
    retry_after: str = ""
    """Header ``Retry-After`` of the response."""
    at_ms: int = field(default=0, repr=False, compare=False)
    """This machine's time when it was sent, in epoch milliseconds; 0 if it wasn't recorded."""


@dataclass(frozen=True)
class Pause:
    """Advance of the clock by ``seconds``, at the mark ``began``."""

    began: int
    seconds: float


class Wire(Sequence[Exchange]):
    """Exchanges of one connection, oldest first; safe to read while other threads write.

    Args:
        settle: waits until the callbacks of earlier requests have been answered, if that can be known.
        is_live: True if the exchanges are with Twilio.
    """

    def __init__(self, settle: Callable[[], object] | None = None, *, is_live: bool = False) -> None:
        self._settle = settle
        self._is_live = is_live
        self._lock = threading.Lock()
        self._exchanges: list[Exchange] = []
        self._pauses: list[Pause] = []
        self._count = 0

    def settle(self) -> None:
        """Wait until the callbacks of earlier requests are in the inbox, with earlier marks."""
        if self._settle is not None:
            self._settle()

    def add(self, **exchange: Any) -> Exchange:
        """Record an exchange under the next number."""
        with self._lock:
            self._count += 1
            added = Exchange(number=self._count, is_live=self._is_live, **exchange)
            self._exchanges = [*self._exchanges[-(KEEP - 1) :], added]
        return added

    @contextmanager
    def pausing(self, seconds: float) -> Iterator[None]:
        """Record that the clock moves here, between two exchanges, if the block succeeds."""
        self.settle()
        pause = Pause(next_mark(), seconds)
        yield
        with self._lock:
            self._pauses = [*self._pauses[-(KEEP - 1) :], pause]

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """Advances of the clock, oldest first."""
        return tuple(self._pauses)

    def clear(self) -> None:
        """Remove everything and number from 1 again."""
        with self._lock:
            self._exchanges, self._pauses, self._count = [], [], 0

    @overload
    def __getitem__(self, index: int) -> Exchange: ...
    @overload
    def __getitem__(self, index: slice) -> list[Exchange]: ...
    def __getitem__(self, index: int | slice) -> Exchange | list[Exchange]:
        return self._exchanges[index]

    def __len__(self) -> int:
        return len(self._exchanges)

    def __iter__(self) -> Iterator[Exchange]:
        return iter(self._exchanges)

    def __repr__(self) -> str:
        return f"Wire({len(self)} exchanges)" if len(self) != 1 else "Wire(1 exchange)"


class RecordingHttpClient(HttpClient):
    """HTTP client that passes each request to another one and records it on a ``Wire``."""

    def __init__(self, inner: HttpClient, wire: Wire) -> None:
        super().__init__(inner.logger, is_async=False)
        self._inner = inner
        self._wire = wire

    def request(
        self,
        method: str,
        uri: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Send the request and record it with its response, after a failure too."""
        self._wire.settle()
        began, started, at = next_mark(), time.perf_counter(), time.time()
        status, body, answered = 0, "", CaseInsensitiveDict[str]()
        try:
            response = self._inner.request(method, uri, params, data, headers, auth, timeout, allow_redirects)
            status, body = response.status_code, response.text
            answered = CaseInsensitiveDict(response.headers or {})
            return response
        finally:
            self._wire.add(
                method=method.upper(),
                url=mask(uri),
                path=urlsplit(uri).path,
                parameters=tuple((name, mask(value)) for name, value in flatten(params) + flatten(data)),
                status=status,
                body=mask(body),
                duration_ms=(time.perf_counter() - started) * 1000,
                account_sid=auth[0] if auth else "",
                began=began,
                at_ms=round(at * 1000),
                thread=threading.get_ident(),
                if_match=(headers or {}).get("If-Match", ""),
                hint=read_hint(answered),
                retry_after=answered.get("Retry-After", ""),
            )


def flatten(parameters: Mapping[str, object] | None) -> tuple[tuple[str, str], ...]:
    """Return the pairs that ``requests`` sends for ``parameters``.

    A list repeats its name for each item, and a dict for each key, so a dict passed as ``attributes`` loses
    everything except its keys, without an error. Items that are lists or dicts are spread once more.
    """
    return tuple(
        (name, _text(part))
        for name, value in (parameters or {}).items()
        for item in _spread(value)
        if item is not None
        for part in _spread(item)
    )


def _spread(value: object) -> Iterable[object]:
    return value if isinstance(value, Iterable) and not isinstance(value, str | bytes) else [value]


def _text(value: object) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)
