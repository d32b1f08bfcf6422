"""Candidates: Workers, Tasks and attributes that an expression is tried on, with their names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Literal

from helpers.emulator.display.safe_text import one_line, short_sid

__all__ = ["MOST", "Candidate", "Kind", "kinds_of", "make_candidates"]

Kind = Literal["Worker", "Task", "attributes", "unknown"]

MOST = 10_000
"""Most candidates tried; the rest of a longer list, or of an endless stream, is ignored."""


@dataclass(frozen=True)
class Candidate:
    """Worker, Task or attributes; ``problem`` says why it can't be tried, empty if it can."""

    kind: Kind
    name: str
    attributes: Mapping[str, Any]
    given: Any = None
    problem: str = ""

    @property
    def created(self) -> datetime | None:
        """Time of its creation, or None if it has none."""
        moment = getattr(self.given, "date_created", None)
        return moment if isinstance(moment, datetime) else None

    def field(self, name: str) -> str:
        """Return a field of a Worker, such as ``activity_sid``; empty if it has none."""
        return str(getattr(self.given, name, ""))


def make_candidates(given: object) -> list[Candidate]:
    """Return what was passed as candidates; a single value counts as a list of one, None as an empty list."""
    if given is None:
        return []
    listed = isinstance(given, Iterable) and not isinstance(given, Mapping | str | bytes)
    things: Iterable[Any] = given if listed else [given]  # type: ignore[assignment]
    return [_candidate(thing, number) for number, thing in enumerate(islice(things, MOST), 1)]


def kinds_of(found: Iterable[Candidate]) -> set[Kind]:
    """Return the kinds of the candidates, without "unknown"."""
    return {each.kind for each in found} - {"unknown"}


def _candidate(thing: Any, number: int) -> Candidate:
    kind = _kind(thing)
    if kind == "unknown":
        return Candidate(kind, f"#{number}", {}, thing, _unknown(thing))
    name = _name(thing, kind, number)
    if isinstance(thing, Mapping):
        return Candidate(kind, name, {str(key): value for key, value in thing.items()})
    text = thing if isinstance(thing, str) else thing.attributes
    if isinstance(text, Mapping):
        return Candidate(kind, name, dict(text), thing)
    attributes = _read(text)
    if attributes is None:
        return Candidate(kind, name, {}, thing, f"attributes aren't a JSON object: {one_line(text)}")
    return Candidate(kind, name, attributes, thing)


def _kind(thing: Any) -> Kind:
    if isinstance(thing, Mapping | str):
        return "attributes"
    if not hasattr(thing, "attributes"):
        return "unknown"
    return "Worker" if hasattr(thing, "activity_name") else "Task" if hasattr(thing, "assignment_status") else "unknown"


def _unknown(thing: Any) -> str:
    if hasattr(thing, "list"):
        return f"this is a {type(thing).__name__}, which hasn't read anything yet: write .list() after it"
    seen = "nothing (None)" if thing is None else f"a value of type {type(thing).__name__}"
    return f"this is {seen}, not a Worker, a Task or a dict"


def _name(thing: Any, kind: Kind, number: int) -> str:
    if kind == "Worker":
        return one_line(thing.friendly_name) or short_sid(thing.sid)
    return short_sid(thing.sid) if kind == "Task" else f"#{number}"


def _read(text: Any) -> dict[str, Any] | None:
    """Return the object in JSON attributes, {} for missing ones, or None if they are anything else."""
    try:
        read = json.loads(text or "{}")
    except (TypeError, ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None
