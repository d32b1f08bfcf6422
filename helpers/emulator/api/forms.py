"""What a request carries: names and values from its query string or its form, and JSON bodies."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

import msgspec
from starlette.types import Receive

from helpers.emulator.api.errors import BodyTooLarge
from helpers.emulator.engine.refusals import Invalid

__all__ = ["MAX_BODY", "is_form", "read_body", "read_json", "read_pairs"]

MAX_BODY = 4 * 1024 * 1024
"""Bytes. The largest Workflow configuration (1,038,576 bytes) may be percent-encoded, three bytes for one."""

_MAX_DRAINED = 64 * 1024 * 1024
_MAX_FIELDS = 1000
_FORM = b"application/x-www-form-urlencoded"


def is_form(content_type: bytes) -> bool:
    """Whether a body of this type carries parameters; no type at all is taken for a form.

    Bodies of any other type carry none, as with Twilio.
    """
    return not content_type or content_type.partition(b";")[0].strip().lower() == _FORM


async def read_body(receive: Receive) -> bytes:
    """The whole body; one that is too large is read to its end, so that the client sees the answer.

    Raises:
        BodyTooLarge: more than ``MAX_BODY`` bytes.
    """
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= MAX_BODY:
            chunks.append(chunk)
        if not message.get("more_body") or size > _MAX_DRAINED:
            break
    if size > MAX_BODY:
        raise BodyTooLarge(MAX_BODY)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def read_pairs(encoded: bytes) -> list[tuple[str, str]]:
    """Names and values, in order, empty values kept.

    Raises:
        Invalid: not UTF-8, or more than 1000 fields.
    """
    if not encoded:
        return []
    try:
        return parse_qsl(
            encoded.decode(), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_MAX_FIELDS
        )
    except UnicodeDecodeError:
        raise Invalid("Parameters must be encoded as UTF-8") from None
    except ValueError:
        raise Invalid(f"A request carries at most {_MAX_FIELDS} parameters") from None


def read_json(body: bytes) -> Any:
    """The value of a JSON body.

    Raises:
        Invalid: it is not JSON.
    """
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(f"The request body is not valid JSON: {error}") from None
