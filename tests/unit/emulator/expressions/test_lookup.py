"""Reading a dotted name."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.emulator.expressions import read

NAMES: dict[str, Any] = {"o": {"arr": ["a", {"k": 7}], "2": "two"}, "text": "abc", "nothing": None}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("text",), "abc"),
        (("o", "arr", "0"), "a"),
        (("o", "arr", "1", "k"), 7),
        (("o", "arr", "9"), None),
        (("o", "arr", "k"), None),
        (("o", "2"), "two"),
        (("o", "arr", "9" * 5000), None),
        (("text", "0"), None),
        (("nothing", "x"), None),
        (("absent", "x", "0"), None),
    ],
)
def test_path_leads_to_its_value(path: tuple[str, ...], value: Any) -> None:
    """Keys lead into objects, whole numbers into lists too; everything else ends in None."""
    assert read(NAMES, path) == value
