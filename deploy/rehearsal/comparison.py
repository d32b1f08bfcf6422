"""Comparison of a cell's outputs with the stored ones, by nbval's rules; and what an error looked like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["difference", "error_text", "first_sentence", "is_traceback"]

UNSTORED = ("application/vnd.jupyter.widget-view+json", "image/png", "image/jpeg")
"""Kinds of data that stored outputs don't have, or that differ between machines."""

PERSONAL = re.compile(r"^Exercises: .*\n|(?<= )\((?:open|tried|solved)\)$", re.MULTILINE)
"""What ``where_am_i`` says of the learner's own exercises; stored outputs are of somebody who begins."""

COLOR = re.compile(r"\x1b\[[0-9;]*m")


def difference(stored: Iterable[Mapping[str, Any]], given: Iterable[Mapping[str, Any]]) -> str:
    """Return the first difference between two cells' outputs in words; an empty text if they are equal."""
    expected, found = _parts(stored), _parts(given)
    for name in [*expected, *(name for name in found if name not in expected)]:
        if (one := expected.get(name, "")) != (other := found.get(name, "")):
            place = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
            start = max(0, (min(len(one), len(other)) if place is None else place) - 20)
            return f"{name} has {_cut(other[start:])}, stored is {_cut(one[start:])}"
    return ""


def error_text(outputs: Iterable[Mapping[str, Any]]) -> str:
    """Return what the learner sees of the cell's error, without colors; an empty text if there is none."""
    shown = ("\n".join(each["traceback"]) for each in outputs if each["output_type"] == "error")
    return COLOR.sub("", next(shown, ""))


def first_sentence(text: str) -> str:
    """Return the first sentence of an error's text, without the lines that show where Python stopped reading."""
    return re.split(r"(?<=\.) ", re.sub(r"^Cell In\[.*?(?=\w+Error: )", "", " ".join(text.split())))[0]


def is_traceback(text: str) -> bool:
    """Return True for Python's own account of an error, with its frames."""
    return "Traceback (most recent call last)" in text


def _parts(outputs: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the outputs as one text for each stream and kind of data, in their order."""
    parts: dict[str, str] = {}

    def add(name: str, value: Any) -> None:
        parts[name] = parts.get(name, "") + ("".join(value) if isinstance(value, list) else str(value))

    for each in outputs:
        if each["output_type"] == "stream":
            add(each["name"], each["text"])
        elif each["output_type"] == "error":
            add("error", f"{each['ename']}: {each['evalue']}")
        else:
            for kind, value in each["data"].items():
                if kind not in UNSTORED:
                    add(kind, value)
    return {name: PERSONAL.sub("", text) if name == "stdout" else text for name, text in parts.items()}


def _cut(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…") if text else "nothing"
