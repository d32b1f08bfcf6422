"""Tables of the parameters of operations, and the reading of requests by them.

Our choices where the documentation says nothing: the last value of a repeated parameter counts; an empty filter filters
nothing; other empty values are ordinary, clear or are refused, as each row says; unknown parameters are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ...engine.model.refusals import Invalid
from ...masking import shorten
from .convertors import Convertor

__all__ = ["Parameter", "Parameters", "filter_by", "optional", "required", "snake_case"]

_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def snake_case(name: str) -> str:
    """Return a name such as ``EventCallbackUrl`` as ``event_callback_url``."""
    return _CAPITAL.sub("_", name).lower()


@dataclass(frozen=True, slots=True)
class Parameter:
    """Parameter of a request: its name, its type, and the meaning of an empty value.

    ``empty`` is ``"value"`` (an ordinary value), ``"clears"`` (reads as None), ``"ignored"`` or
    ``"refused"``. ``differs`` tells the support matrix in words how we differ from Twilio.
    """

    name: str
    kind: Convertor
    is_required: bool = False
    is_list: bool = False
    empty: str = "refused"
    differs: str = ""
    key: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", snake_case(self.name))

    def read(self, given: str) -> Any:
        """Return the value of the text ``given``.

        Raises:
            Invalid: the message names the parameter, the rule and what was received.
        """
        if "\0" in given:
            raise Invalid(f"{self.name} must not contain null characters. Received: {shorten(given)!r}")
        if not given and self.empty != "value":
            return self._read_empty()
        try:
            return self.kind.read(given)
        except ValueError as error:
            raise Invalid(f"{self.name} {error}. Received: {shorten(given)}") from None

    def read_list(self, given: Iterable[str]) -> list[Any]:
        """Return the values of a repeated parameter, each once; each text can be a comma-separated list."""
        items = dict.fromkeys(item.strip() for text in given for item in text.split(","))
        return [self.read(item) for item in items if item]

    def _read_empty(self) -> None:
        if self.is_required:
            raise Invalid(f"{self.name} field is required")
        if self.empty == "refused":
            raise Invalid(f"{self.name} must not be empty")


def required(name: str, kind: Convertor) -> Parameter:
    """Return a parameter that must be given and not be empty."""
    return Parameter(name, kind, is_required=True)


def optional(
    name: str, kind: Convertor, *, empty: str = "refused", is_list: bool = False, differs: str = ""
) -> Parameter:
    """Return a parameter that can be left out."""
    return Parameter(name, kind, empty=empty, is_list=is_list, differs=differs)


def filter_by(name: str, kind: Convertor, *, is_list: bool = False, differs: str = "") -> Parameter:
    """Return a filter of a list; an empty value filters nothing."""
    return Parameter(name, kind, empty="ignored", is_list=is_list, differs=differs)


class Parameters:
    """All parameters of one operation."""

    def __init__(self, *parameters: Parameter) -> None:
        self.all = parameters
        self._by_name = {parameter.name: parameter for parameter in parameters}
        self._required = [parameter for parameter in parameters if parameter.is_required]

    def read(self, given: list[tuple[str, str]]) -> dict[str, Any]:
        """Return the values of the given parameters by snake_case name, without those left out.

        Raises:
            Invalid: a value breaks its rule, or a required one is missing.
        """
        last = dict(given)
        values: dict[str, Any] = {}
        for name, text in last.items():
            parameter = self._by_name.get(name)
            if parameter is None or (not text and parameter.empty == "ignored"):
                continue
            if parameter.is_list:
                values[parameter.key] = parameter.read_list(text for other, text in given if other == name)
            else:
                values[parameter.key] = parameter.read(text)
        for parameter in self._required:
            if parameter.key not in values:
                raise Invalid(f"{parameter.name} field is required")
        return values

    def known(self, given: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return those of ``given`` that are parameters of the operation, in order."""
        return [(name, text) for name, text in given if name in self._by_name]
