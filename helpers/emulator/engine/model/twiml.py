"""TwiML: the document with which an application says what a call does next."""

from __future__ import annotations

from xml.etree import ElementTree

import msgspec

__all__ = ["BadTwiml", "Verb", "read_twiml"]

_XML_TYPES = ("text/xml", "application/xml", "text/html")


class Verb(msgspec.Struct, frozen=True):
    """Verb of a document, or a noun inside one: its name, attributes and text, and the nouns inside it."""

    name: str
    attributes: dict[str, str] = {}
    text: str = ""
    nouns: tuple[Verb, ...] = ()


class BadTwiml(Exception):
    """Reply that isn't TwiML: Twilio's debugger ``code``, and a sentence of ours."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


def read_twiml(body: bytes, content_type: str | None) -> list[Verb]:
    """Return the verbs of a document; none for an empty one, after which a call ends.

    Args:
        content_type: ``text/plain`` is read to the caller.

    Raises:
        BadTwiml: it is not XML, its root is not ``<Response>``, or its type is no text.
    """
    if content_type is None:
        raise BadTwiml(11200, "the reply has no content type; TwiML is text/xml")
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type == "text/plain":
        return [Verb("Say", text=body.decode("utf-8", "replace").strip())]
    if media_type not in _XML_TYPES:
        raise BadTwiml(12300, f"the reply's content type is {media_type[:80]}; TwiML is text/xml")
    if not body.strip():
        return []
    if b"<!DOCTYPE" in body:
        raise BadTwiml(12100, "the reply has a DOCTYPE, which TwiML never has")
    try:
        root = ElementTree.fromstring(body)
    except (ElementTree.ParseError, LookupError, ValueError) as error:  # two of them: an encoding that nobody knows
        raise BadTwiml(12100, f"the reply is not XML: {error}") from None
    if root.tag != "Response":
        raise BadTwiml(12102, f"the reply's root is <{root.tag[:40]}>; that of TwiML is <Response>")
    return [_verb(element) for element in root]


def _verb(element: ElementTree.Element) -> Verb:
    text = "".join(element.itertext() if not _has_nouns(element) else [element.text or ""])
    nouns = tuple(Verb(each.tag, dict(each.attrib), "".join(each.itertext()).strip()) for each in element)
    return Verb(element.tag, dict(element.attrib), text.strip(), nouns if _has_nouns(element) else ())


def _has_nouns(element: ElementTree.Element) -> bool:
    """Return False for ``<Say>``: the elements inside it are part of its text (SSML)."""
    return element.tag != "Say" and len(element) > 0
