"""Reply of a callback URL, read once into its content or the fault in it (reference 7.3)."""

from __future__ import annotations

from typing import Any

import msgspec

from ..model.twiml import BadTwiml, Verb, read_twiml

__all__ = ["CallbackReply", "ReplyContent", "ReplyFault", "read_reply"]


class CallbackReply(msgspec.Struct, frozen=True, kw_only=True):
    """HTTP response of a callback URL."""

    status: int
    content_type: str | None
    body: bytes


class ReplyContent(msgspec.Struct, frozen=True):
    """Content of a valid reply: the JSON object with an instruction, or an empty one that asks for nothing.

    A call's reply has the verbs of its ``twiml`` instead.
    """

    document: dict[str, Any]
    twiml: tuple[Verb, ...] = ()

    @property
    def instruction(self) -> str | None:
        """Name of the instruction; None if there is none that is text."""
        name = self.document.get("instruction")
        return name if isinstance(name, str) and name else None


class ReplyFault(msgspec.Struct, frozen=True):
    """Fault in a reply: Twilio's debugger code, and a sentence of ours."""

    code: int
    text: str


def read_reply(kind: str, reply: CallbackReply) -> ReplyContent | ReplyFault:
    """Return the content of a reply to a callback of this ``kind``, or the fault for which the fallback URL is tried.

    An empty body means "later", whatever its type. Of event and status callbacks only the status is read.
    """
    if not 200 <= reply.status < 300:
        return ReplyFault(11200, f"the callback URL answered with HTTP status {reply.status}")
    if kind == "voice":
        try:
            return ReplyContent({}, tuple(read_twiml(reply.body, reply.content_type)))
        except BadTwiml as bad:
            return ReplyFault(bad.code, bad.text)
    if kind != "assignment" or not reply.body.strip():
        return ReplyContent({})
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
    return ReplyContent(document)
