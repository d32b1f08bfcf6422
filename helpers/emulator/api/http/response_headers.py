"""Response headers as in a recording of Twilio's API (reference 1.1).

``Strict-Transport-Security`` is left out: we speak plain HTTP on a loopback address. The rate headers
never change, because nothing is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

__all__ = ["Headers", "response_headers"]

Headers = list[tuple[bytes, bytes]]

_JSON = (b"content-type", b"application/json; charset=utf-8")
_CONSTANT: Headers = [
    (b"access-control-allow-credentials", b"true"),
    (
        b"access-control-allow-headers",
        b"Accept, Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since",
    ),
    (b"access-control-allow-methods", b"GET, POST, DELETE, OPTIONS"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag"),
    (b"x-rate-limit-limit", b"100"),
    (b"x-rate-limit-remaining", b"100"),
    (b"x-rate-limit-config", b"emulator"),
    (b"x-api-domain", b"taskrouter.twilio.com"),
    (b"x-home-region", b"us1"),
    (b"twilio-concurrent-requests", b"1"),
]
_requests: Iterator[int] = count(1)


def response_headers(body: bytes, version: int | None = None) -> Headers:
    """Return the headers of a response; ``version`` becomes the quoted ``ETag``."""
    headers = [*_CONSTANT, (b"twilio-request-id", b"RQ%032x" % next(_requests))]
    if body:
        headers += (_JSON, (b"content-length", b"%d" % len(body)))
    if version is not None:
        headers.append((b"etag", b'"%d"' % version))
    return headers
