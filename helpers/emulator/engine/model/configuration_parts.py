"""The objects of a configuration, each read only as far as it is asked for.

What nobody asks for stays text: half a million lists take a tenth of a second to build and to free, in which no other
thread can run, and a tenth of that to pass over.
"""

from __future__ import annotations

import re
from typing import NoReturn

import msgspec

from ...masking import shortened
from .refusals import Invalid

__all__ = ["Part"]

_MAX_NUMBER = 2_147_483_647
_DIGITS = re.compile(r"\s*[0-9]{1,18}\s*")
_NULL = msgspec.Raw(b"null")

_KEYS = (
    "task_routing",
    *("filters", "default_filter"),
    *("filter_friendly_name", "friendly_name", "expression", "targets"),
    *("queue", "priority", "timeout", "order_by", "skip_if", "known_worker_sid", "known_worker_friendly_name"),
)
"""What means something in one of the objects (reference 4.1)."""

_Members = msgspec.defstruct("_Members", [(key, msgspec.Raw, _NULL) for key in _KEYS])
_read_members = msgspec.json.Decoder(_Members).decode
_read_items = msgspec.json.Decoder(list[msgspec.Raw]).decode
_read_text = msgspec.json.Decoder(str | None).decode
_read_number = msgspec.json.Decoder(int | float | str | None).decode


class Part:
    """An object, and the name under which a refusal speaks of it; the document itself has none.

    Raises:
        Invalid: it is none. So does each method where a value is not what it must be; the message says where.
    """

    def __init__(self, given: str | msgspec.Raw, name: str) -> None:
        self.name = name
        try:
            self._members = _read_members(given)
        except msgspec.ValidationError:
            _refuse(name, "must be an object", given)

    def has(self, key: str) -> bool:
        """Whether something other than null stands under ``key``."""
        return self._beginning(key) != b"null"

    def is_text(self, key: str) -> bool:
        """Whether text stands under ``key``."""
        return self._beginning(key).startswith(b'"')

    def part(self, key: str, name: str) -> Part:
        """The object under ``key``."""
        return Part(self._raw(key), name)

    def parts(self, key: str, name: str, rule: str) -> list[Part]:
        """The objects in the list under ``key``; ``rule`` is what a refusal says where there is no list."""
        try:
            items = _read_items(self._raw(key))
        except msgspec.ValidationError:
            self.refuse(key, rule)
        return [Part(item, f"{name}[{index}]") for index, item in enumerate(items)]

    def text(self, key: str, rule: str = "must be text") -> str | None:
        """The text under ``key``, if there is any."""
        try:
            found: str | None = _read_text(self._raw(key))
        except msgspec.ValidationError:
            self.refuse(key, rule)
        return found

    def whole(self, key: str, *, least: int) -> int | None:
        """The integer under ``key``, if there is any; the document may spell it as text (reference 4.1)."""
        rule = f"must be an integer from {least} to {_MAX_NUMBER}"
        try:
            value = _read_number(self._raw(key))
        except msgspec.ValidationError:
            self.refuse(key, rule)
        if value is None or value == "":
            return None
        number = int(value) if isinstance(value, str) and _DIGITS.fullmatch(value) else value
        if not isinstance(number, int) or not least <= number <= _MAX_NUMBER:
            self.refuse(key, rule)
        return number

    def refuse(self, key: str, rule: str) -> NoReturn:
        """Refuse what stands under ``key``."""
        _refuse(f"{self.name}.{key}", rule, self._raw(key))

    def _beginning(self, key: str) -> bytes:
        return bytes(memoryview(self._raw(key))[:4])

    def _raw(self, key: str) -> msgspec.Raw:
        found: msgspec.Raw = getattr(self._members, key)
        return found


def _refuse(where: str, rule: str, given: str | msgspec.Raw) -> NoReturn:
    text = given if isinstance(given, str) else bytes(given).decode()
    place = f"Configuration: {where}" if where else "Configuration"
    raise Invalid(f"{place} {rule}. Received: {shortened(msgspec.json.format(text, indent=-1))}")
