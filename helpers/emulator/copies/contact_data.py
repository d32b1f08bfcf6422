"""Contact data: the keys and the forms by which it is recognised."""

from __future__ import annotations

import re
from enum import StrEnum

__all__ = ["PHONE", "PIECES", "SCHEMES", "WORD", "ContactKind", "kind_of_key", "names_a_person"]


class ContactKind(StrEnum):
    """Kinds of contact data. The value begins the pseudonyms of the kind."""

    EMAIL = "person"
    PHONE = "phone"
    IDENTITY = "contact"
    NAME = "Name"
    ADDRESS = "Place"


_PEOPLE = "customer|client|caller|contact|user|person|patient|guest|member|agent|recipient|sender"
_ORGANIZATIONS = "company|organi[sz]ation"
_KEYS = {
    ContactKind.EMAIL: r"(.*_)?(e_?mail|mail)s?(_?(address|addr))?(es)?|reply_to|cc|bcc",
    ContactKind.PHONE: r"(.*_)?(phone|telephone|tel|mobile|cell|cellphone|fax|msisdn|whatsapp)s?"
    r"(_?(number|no|nr|e164))?s?"
    r"|(.*_)?(caller|called|calling|contact|customer|from|to|dialed)_number|caller_id|ani|dnis",
    ContactKind.IDENTITY: r"(.*_)?(contact|sip|client)_ur[il]s?|(.*_)?identity|caller|called|from|to|contact",
    ContactKind.ADDRESS: r"(.*_)?(address|addr|street|zip|zip_?code|post_?code|postal_?code|house_number)(es)?"
    r"(_?line)?(_?\d)?|line_?\d",
    ContactKind.NAME: r"names?|(.*_)?(full|first|last|middle|given|family|sur|nick|maiden|legal|display)_?names?"
    rf"|(.*_)?({_PEOPLE}|{_ORGANIZATIONS})_?names?|customer|client|recipient|sender|{_ORGANIZATIONS}",
}
_KIND_BY_KEY = tuple((kind, re.compile(pattern)) for kind, pattern in _KEYS.items())
_CAPITAL_AFTER_SMALL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN_WORDS = re.compile(r"[\W_]+")

_PERSONS = frozenset(("caller", "called", "from", "to", "contact", "customer", "client", "recipient", "sender"))

WORD = re.compile(r"[^\W_]+")
"""Pattern of the words of which names and addresses consist."""

PIECES = re.compile(
    r"""
      (?P<email>[\w.+%-]+@[\w-]+(?:\.[\w-]+)*)
    | (?P<identity>(?:(?<=client:)|(?<=sip:)|(?<=sips:)|(?<=messenger:)|(?<=whatsapp:)|(?<=tel:))[^\s"'<>,;]+)
    | (?P<digits>(?<![\w.+-])(?:\+|\()?[0-9][0-9\s().\/-]*[0-9](?![\w]|-\w))
    | (?P<domain>[\w-]+(?:\.[\w-]+)+)
    | (?P<word>[^\W_]+)
    """,
    re.VERBOSE,
)
"""Pattern of the pieces of a text that can be contact data: each is left as it is, or replaced as a whole."""

PHONE = re.compile(
    r"(?<![0-9])(?:"
    r"\+[0-9][0-9\s().\/-]{5,}[0-9]"  # +1 (500) 555-0006
    r"|\([0-9]{2,4}\)[\s.\/-]?[0-9][0-9\s.\/-]{4,}[0-9]"  # (500) 555-0006
    r"|[0-9]{3}[-.\s][0-9]{3}[-.\s][0-9]{4}"  # 500-555-0006, 500.555.0006
    r"|0[0-9]{1,4}[\s.\/-][0-9][0-9\s.-]{3,}[0-9]"  # 030 1234567, 06.12.34.56.78
    r"|[0-9]{10,15}"
    r")(?![0-9])"
)
"""Pattern of what is a phone number wherever it stands, in a piece of digits."""

SCHEMES = frozenset(("client", "sip", "sips", "messenger", "whatsapp", "tel"))


def kind_of_key(key: str) -> ContactKind | None:
    """Return the kind of contact data that a key such as ``customerName`` or ``contact-uri`` promises; None if none."""
    name = _BETWEEN_WORDS.sub("_", _CAPITAL_AFTER_SMALL.sub("_", key)).strip("_").lower()
    return next((kind for kind, pattern in _KIND_BY_KEY if pattern.fullmatch(name)), None)


def names_a_person(key: str) -> bool:
    """Return True for a key such as ``customer``: an object under it has keys of its own, which decide."""
    return key.lower() in _PERSONS
