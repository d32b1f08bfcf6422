"""What an assignment callback URL replied, and whether that counts (reference 7.3)."""

from __future__ import annotations

import msgspec

__all__ = ["Fault", "Reply", "read_reply"]


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What came back from an assignment callback URL."""

    status: int
    content_type: str | None
    body: bytes


class Fault(msgspec.Struct, frozen=True):
    """Why a reply cannot be followed: Twilio's debugger code and words."""

    code: int
    text: str


def read_reply(reply: Reply) -> Fault | None:
    """Why the reply counts as failed, so that the fallback URL is tried; None if it does not.

    An empty body means "later", whatever its type.
    """
    if not 200 <= reply.status < 300:
        return Fault(11200, f"the callback URL answered with HTTP status {reply.status}")
    if not reply.body.strip():
        return None
    media_type = (reply.content_type or "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        return Fault(40000, f"the reply's content type is {media_type or 'missing'}; application/json is expected")
    try:
        document = msgspec.json.decode(reply.body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return Fault(40001, "the reply is not valid JSON")
    if isinstance(document, str):
        return Fault(40001, "the reply is JSON text in quotes: it was encoded twice")
    if not isinstance(document, dict):
        return Fault(40001, "the reply is not a JSON object")
    return None
