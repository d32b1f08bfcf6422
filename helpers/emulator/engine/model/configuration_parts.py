"""JSON objects of a Workflow configuration, each decoded only as far as it is read.

The rest stays text: building and freeing half a million lists takes a tenth of a second, in which no other thread can
run; skipping them takes a tenth of that.
"""

from __future__ import annotations

import re
from typing import NoReturn

import msgspec

from ...masking import shorten
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
"""Keys that have a meaning in one of the objects (reference 4.1)."""

_Members = msgspec.defstruct("_Members", [(key, msgspec.Raw, _NULL) for key in _KEYS])
_read_members = msgspec.json.Decoder(_Members).decode
_read_items = msgspec.json.Decoder(list[msgspec.Raw]).decode
_read_text = msgspec.json.Decoder(str | None).decode
_read_number = msgspec.json.Decoder(int | float | str | None).decode


class Part:
    """JSON object with the path that error messages name it by; the path of the whole document is empty.

    Raises:
        Invalid: the text is not an object. Each method raises it for a value of the wrong type; the message says where.
    """

    def __init__(self, given: str | msgspec.Raw, name: str) -> None:
        self.name = name
        try:
            self._members = _read_members(given)
        except msgspec.ValidationError:
            _refuse(name, "must be an object", given)

    def has(self, key: str) -> bool:
        """Return True if ``key`` has a value other than null."""
        return self._beginning(key) != b"null"

    def is_text(self, key: str) -> bool:
        """Return True if the value of ``key`` is text."""
        return self._beginning(key).startswith(b'"')

    def part(self, key: str, name: str) -> Part:
        """Return the object under ``key``, to be called ``name``."""
        return Part(self._raw(key), name)

    def parts(self, key: str, name: str, rule: str) -> list[Part]:
        """Return the objects in the list under ``key``; ``rule`` is the error message if it is no list."""
        try:
            items = _read_items(self._raw(key))
        except msgspec.ValidationError:
            self.refuse(key, rule)
        return [Part(item, f"{name}[{index}]") for index, item in enumerate(items)]

    def text(self, key: str, rule: str = "must be text") -> str | None:
        """Return the text under ``key``, or None; ``rule`` is the error message if it is something else."""
        try:
            found: str | None = _read_text(self._raw(key))
        except msgspec.ValidationError:
            self.refuse(key, rule)
        return found

    def whole(self, key: str, *, least: int) -> int | None:
        """Return the integer under ``key``, or None; digits in quotes count too (reference 4.1)."""
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
        """Raise Invalid about the value of ``key``."""
        _refuse(f"{self.name}.{key}", rule, self._raw(key))

    def _beginning(self, key: str) -> bytes:
        return bytes(memoryview(self._raw(key))[:4])

    def _raw(self, key: str) -> msgspec.Raw:
        found: msgspec.Raw = getattr(self._members, key)
        return found


def _refuse(where: str, rule: str, given: str | msgspec.Raw) -> NoReturn:
    text = given if isinstance(given, str) else bytes(given).decode()
    place = f"Configuration: {where}" if where else "Configuration"
    raise Invalid(f"{place} {rule}. Received: {shorten(msgspec.json.format(text, indent=-1))}")
