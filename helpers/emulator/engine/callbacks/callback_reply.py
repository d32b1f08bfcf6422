"""What an assignment callback URL replied, and whether that counts (reference 7.3)."""

from __future__ import annotations

import msgspec

__all__ = ["CallbackReply", "ReplyFault", "read_reply"]


class CallbackReply(msgspec.Struct, frozen=True, kw_only=True):
    """What came back from an assignment callback URL."""

    status: int
    content_type: str | None
    body: bytes


class ReplyFault(msgspec.Struct, frozen=True):
    """Why a reply cannot be followed: Twilio's debugger code and words."""

    code: int
    text: str


def read_reply(reply: CallbackReply) -> ReplyFault | None:
    """Why the reply counts as failed, so that the fallback URL is tried; None if it does not.

    An empty body means "later", whatever its type.
    """
    if not 200 <= reply.status < 300:
        return ReplyFault(11200, f"the callback URL answered with HTTP status {reply.status}")
    if not reply.body.strip():
        return None
    media_type = (reply.content_type or "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        return ReplyFault(40000, f"the reply's content type is {media_type or 'missing'}; application/json is expected")
    try:
        document = msgspec.json.decode(reply.body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return ReplyFault(40001, "the reply is not valid JSON")
    if isinstance(document, str):
        return ReplyFault(40001, "the reply is JSON text in quotes: it was encoded twice")
    if not isinstance(document, dict):
        return ReplyFault(40001, "the reply is not a JSON object")
    return None
