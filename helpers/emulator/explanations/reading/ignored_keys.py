"""Keys of a Workflow's configuration that have no meaning: TaskRouter accepts and ignores them (reference 4.1d)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

__all__ = ["IgnoredKey", "find_ignored_keys"]

_KEYS = {
    "task_routing": ("filters", "default_filter"),
    "default filter": ("queue",),
    "filter": ("filter_friendly_name", "friendly_name", "expression", "targets"),
    "target": (
        *("queue", "priority", "timeout", "expression", "order_by", "skip_if"),
        *("known_worker_sid", "known_worker_friendly_name"),
    ),
}
"""Keys that have a meaning, by what they are in."""


class IgnoredKey(NamedTuple):
    """Key without a meaning."""

    name: str
    kind: str
    """Kind of the object that has it: "task_routing", "default filter", "filter" or "target"."""
    place: str
    """Name of that object, such as "target 2 of filter 1"."""
    meant: str
    """Key that it resembles, or an empty text."""


def find_ignored_keys(configuration: str) -> list[IgnoredKey]:
    """Return the keys that TaskRouter ignores, from top to bottom."""
    return [
        IgnoredKey(key, kind, place, next(iter(get_close_matches(key.lower(), _KEYS[kind], n=1)), ""))
        for kind, place, part in _parts(json.loads(configuration))
        for key in part
        if key not in _KEYS[kind]
    ]


def _parts(document: Any) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield each object below ``task_routing``, with its kind and its place."""
    routing = _object(_object(document).get("task_routing"))
    yield "task_routing", "task_routing", routing
    for number, each in enumerate(_list(routing.get("filters")), 1):
        yield "filter", f"filter {number}", _object(each)
        for index, target in enumerate(_list(_object(each).get("targets")), 1):
            yield "target", f"target {index} of filter {number}", _object(target)
    yield "default filter", "the default filter", _object(routing.get("default_filter"))


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
