"""Properties that schemas are made of, by type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = [
    "DATE",
    "FLAG",
    "LIST",
    "MAYBE_DATE",
    "MAYBE_FLAG",
    "MAYBE_OBJECT",
    "MAYBE_TEXT",
    "OBJECT",
    "OWNED",
    "TEXT",
    "URL",
    "WHOLE",
    "Property",
    "Schema",
    "links",
    "one_of",
    "sid",
]


@dataclass(frozen=True, slots=True)
class Property:
    """Property of a resource; ``differs`` says in words how ours differs from Twilio's."""

    type: str
    is_nullable: bool = False
    rules: tuple[tuple[str, Any], ...] = ()
    differs: str = ""

    def json_schema(self) -> dict[str, Any]:
        """Return the property as JSON schema."""
        return {"type": [self.type, "null"] if self.is_nullable else self.type, **dict(self.rules)}


Schema = dict[str, Property]
"""Properties by name."""

TEXT = Property("string")
MAYBE_TEXT = Property("string", is_nullable=True)
WHOLE = Property("integer")
FLAG = Property("boolean")
MAYBE_FLAG = Property("boolean", is_nullable=True)
_DATE_RULES = (("pattern", r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"),)
DATE = Property("string", rules=_DATE_RULES)
MAYBE_DATE = Property("string", is_nullable=True, rules=_DATE_RULES)
URL = Property("string", rules=(("format", "uri"),))
OBJECT = Property("object")
MAYBE_OBJECT = Property("object", is_nullable=True)
LIST = Property("array")


def sid(*prefixes: str, is_nullable: bool = False) -> Property:
    """Return a property for a SID that begins with one of ``prefixes``."""
    return Property("string", is_nullable, (("pattern", f"^({'|'.join(prefixes)})[0-9a-f]{{32}}$"),))


def one_of(*options: str) -> Property:
    """Return a property for one of ``options``."""
    return Property("string", rules=(("enum", list(options)),))


def links(*names: str, may_be_null: tuple[str, ...] = ()) -> Property:
    """Return a property for an object of URLs; those named in ``may_be_null`` can be null."""
    properties: dict[str, Any] = {name: {"type": "string", "format": "uri"} for name in names}
    properties |= {name: {"type": ["string", "null"], "format": "uri"} for name in may_be_null}
    required = [*names, *may_be_null]
    rules = (("properties", properties), ("required", required), ("additionalProperties", False))
    return Property("object", rules=rules)


OWNED: Schema = {"account_sid": sid("AC"), "workspace_sid": sid("WS"), "url": URL}
"""Properties of everything that belongs to a Workspace."""
