"""Bodies of requests: forms in either encoding, or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import Message
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from starlette.types import Receive

from ...engine.model.refusals import Invalid
from .forms import UTF_8, Pairs, read_pairs
from .rest_errors import BodyIncomplete, BodyTooLarge, ContentTypeInvalid

__all__ = ["MAX_BODY", "MAX_JSON", "read_body", "read_form", "read_json"]

MAX_BODY = 4 * 1024 * 1024
"""Limit in bytes. The largest Workflow configuration (1,038,576 bytes) can be percent-encoded, three bytes for one."""

MAX_JSON = 64 * 1024
"""Limit in bytes. Fifty SIDs take two thousand; decoding 4 MB of nested lists would block all requests for a second."""

_MAX_DRAINED = 64 * 1024 * 1024
_URLENCODED = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_READ = f"Send parameters as {_URLENCODED} (curl -d) or {_MULTIPART} (curl -F), in UTF-8, and name it in Content-Type."


async def read_body(receive: Receive, limit: int = MAX_BODY) -> bytes:
    """Return the body. One that is too large is read on, up to 64 MB, so that the client gets to the response.

    Raises:
        BodyIncomplete: the client disconnected before its end.
        BodyTooLarge: it has more than ``limit`` bytes.
    """
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise BodyIncomplete
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= limit:
            chunks.append(chunk)
        if not message.get("more_body") or size > _MAX_DRAINED:
            break
    if size > limit:
        raise BodyTooLarge(limit)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def read_form(headers: Mapping[bytes, bytes], body: bytes) -> Pairs:
    """Return names and values of a form, in either encoding. An empty body is an empty form, whatever its type.

    A body of another type is refused, not ignored: an update would succeed and change nothing (reference 1.1).

    Raises:
        ContentTypeInvalid: the body or its Content-Type is not that of a form.
        Invalid: the form is malformed.
    """
    if not body:
        return []
    said = _content_type(headers.get(b"content-type", b""))
    if packed := headers.get(b"content-encoding"):
        raise ContentTypeInvalid(f"This body is packed ({packed.decode('latin-1')[:80]}). {_READ}")
    if said.charset not in UTF_8:
        raise ContentTypeInvalid(f"This body's charset is {said.charset[:80]}. {_READ}")
    if said.media_type == _MULTIPART:
        from .multipart import read_parts  # rare: don't import its library at each start

        return read_parts(said.boundary, body)
    if said.media_type != _URLENCODED:
        raise ContentTypeInvalid(f"This body's Content-Type is {said.media_type[:80] or 'missing'}. {_READ}")
    if body.lstrip()[:1] in (b"{", b"[", b"<"):
        raise ContentTypeInvalid(f"This body is JSON or XML, sent as {_URLENCODED}. {_READ}")
    return read_pairs(body)


def read_json(body: bytes) -> Any:
    """Return the value of a JSON body.

    Raises:
        Invalid: it is not JSON.
    """
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(f"The request body is not valid JSON: {error}") from None


class _ContentType(NamedTuple):
    media_type: str
    charset: str
    boundary: str


@lru_cache(maxsize=64)
def _content_type(given: bytes) -> _ContentType:
    """Parse a Content-Type header; cached, because a client sends the same one each time."""
    message = Message()
    message["content-type"] = given.decode("latin-1")
    media_type = message["content-type"].partition(";")[0].strip().lower()
    boundary = message.get_param("boundary")
    # A boundary in RFC 2231 encoding is a tuple; no client sends one.
    return _ContentType(media_type, message.get_content_charset("utf-8"), boundary if isinstance(boundary, str) else "")
