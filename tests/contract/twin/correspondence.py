"""Correspondence of two answers: which of their values may differ, and which SID of ours is which of theirs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import product, zip_longest
from typing import Any, NamedTuple

from helpers.lessons.story import WORKSPACE

__all__ = ["LEFT_OUT", "Correspondence", "FieldDifference", "shorten_value"]

LEFT_OUT = (
    "Left out: dates, ages and other times, hosts of URLs, page tokens, the mark in a Workspace's name, the order of "
    "resources in a list, GET requests that a cell repeats, and what a cell sends without the SDK (curl, requests). "
    "SIDs correspond: each of ours stands for one of theirs, everywhere."
)

_SID = re.compile(r"([A-Z]{2}[0-9a-f]{32})")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z|\w{3}, \d\d \w{3} \d{4} [\d:]+ (?:\+0000|GMT)")
_HOST = re.compile(r"https?://[^/\s\"?]+")
_PAGE_TOKEN = re.compile(r"PageToken=[^&\s\"]+")
_OWN_NAME = re.compile(WORKSPACE.replace(" ", "[ +]") + r"(?:[ +][0-9a-f]{8})?")
_TIMES = re.compile(
    r"(^|_)(age|time|timestamp|date|duration|elapsed|ms|ttl)(_|$)|_since_|[a-z](Age|Date|Time|Timestamp|Ms)$"
)
"""Names of fields with a time, a duration or an age."""
_MISSING = object()


class FieldDifference(NamedTuple):
    """Field whose values differ."""

    field: str
    ours: str
    theirs: str


class Correspondence:
    """Pairs of SIDs that stand for the same resource, found as answers are compared in their order."""

    def __init__(self) -> None:
        self._theirs: dict[str, str] = {}
        self._ours: dict[str, str] = {}

    def compare(self, ours: Any, theirs: Any, field: str = "") -> Iterator[FieldDifference]:
        """Yield the fields of two JSON values that differ, and note which SIDs correspond."""
        ours, theirs = _parsed(ours), _parsed(theirs)
        if isinstance(ours, dict) and isinstance(theirs, dict):
            for name in [*ours, *(name for name in theirs if name not in ours)]:
                place = f"{field}.{name}" if field else name
                yield from self.compare(ours.get(name, _MISSING), theirs.get(name, _MISSING), place)
        elif isinstance(ours, list) and isinstance(theirs, list):
            yield from self._compare_lists(ours, theirs, field)
        elif not self._agree(ours, theirs, field):
            yield FieldDifference(field, shorten_value(ours), shorten_value(theirs))

    def _compare_lists(self, ours: list[Any], theirs: list[Any], field: str) -> Iterator[FieldDifference]:
        """Compare items by their place, resources with those that are most alike; what is left over is missing."""
        if all(isinstance(each, dict) and "sid" in each for each in (*ours, *theirs)):
            theirs = self._in_our_order(ours, theirs)
        for index, (item, other) in enumerate(zip_longest(ours, theirs, fillvalue=_MISSING)):
            yield from self.compare(item, other, f"{field}[{index}]")

    def _in_our_order(self, ours: list[Any], theirs: list[Any]) -> list[Any]:
        """Return their resources beside those of ours that they resemble most, and the others at the end."""
        every = product(range(len(ours)), range(len(theirs)))
        free = dict(enumerate(theirs))
        placed: list[Any] = [_MISSING] * len(ours)
        for mine, other in sorted(every, key=lambda pair: self._count(ours[pair[0]], theirs[pair[1]])):
            if placed[mine] is _MISSING and other in free:
                placed[mine] = free.pop(other)
        return placed + list(free.values())

    def _count(self, ours: Any, theirs: Any) -> int:
        """Return the number of differences, on a copy that notes nothing."""
        trial = Correspondence()
        trial._theirs, trial._ours = dict(self._theirs), dict(self._ours)
        return len(list(trial.compare(ours, theirs)))

    def _agree(self, ours: Any, theirs: Any, field: str) -> bool:
        if _TIMES.search(field.rpartition(".")[2]) and all(map(_is_number, (ours, theirs))):
            return type(ours) is type(theirs)
        if isinstance(ours, str) and isinstance(theirs, str):
            return self._texts_agree(_plain(ours), _plain(theirs))
        return type(ours) is type(theirs) and bool(ours == theirs)

    def _texts_agree(self, ours: str, theirs: str) -> bool:
        mine, others = _SID.split(ours), _SID.split(theirs)
        if mine[::2] != others[::2]:
            return False
        pairs = [self._correspond(one, other) for one, other in zip(mine[1::2], others[1::2], strict=True)]
        return all(pairs)  # of all pairs, as each of them is noted

    def _correspond(self, ours: str, theirs: str) -> bool:
        if ours[:2] != theirs[:2]:
            return False
        return self._theirs.setdefault(ours, theirs) == theirs and self._ours.setdefault(theirs, ours) == ours


def shorten_value(value: Any) -> str:
    """Return a value as one short line."""
    if value is _MISSING:
        return "(missing)"
    text = _SID.sub(lambda sid: f"{sid[0][:6]}…", json.dumps(value, ensure_ascii=False))
    return text if len(text) <= 80 else f"{text[:79]}…"


def _plain(text: str) -> str:
    text = text.replace("%3A", ":")  # of dates in the query of a URL
    for pattern, instead in ((_DATE, "DATE"), (_HOST, "URL"), (_PAGE_TOKEN, "PageToken="), (_OWN_NAME, WORKSPACE)):
        text = pattern.sub(instead, text)
    return text


def _parsed(value: Any) -> Any:
    """Return the JSON in a text such as attributes, or the value itself."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            pass
    return value


def _is_number(value: Any) -> bool:
    """Return True for a number, also in a text, as events have it."""
    return re.fullmatch(r"-?\d+(\.\d+)?", str(value)) is not None
