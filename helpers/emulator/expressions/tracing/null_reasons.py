"""Reasons why a name reads as null, and the name that was probably meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from ..evaluation.lookup import Names, format_path, read
from ..evaluation.scope import Scope, lacks_prefix
from ..grammar.nodes import Path
from ..values import kind

__all__ = ["guess_path", "why_null"]

_LONGEST_KEY = 64
_MOST_KEYS = 100
"""Keys beyond these limits aren't compared for similarity, which would take long."""
_KEY = re.compile(r"[\w$]+")
_UNSEEN = {
    Scope.WORKER: ("sid", "friendly_name", "activity_sid", "activity_name", "channel"),
    Scope.WORKER_FILTER: ("channel",),
}
"""Fields of a Worker that a target's expression can read, and these scopes can't (reference 5.1)."""
_NEEDLESS_PREFIX = {Scope.WORKER: "worker", Scope.WORKER_FILTER: "worker", Scope.TASK: "task"}


def why_null(path: Path, names: Names, scope: Scope) -> str:
    """Return the reason why ``path`` reads as null, a sentence without its full stop."""
    container, depth = _deepest(path, names)
    name, parent, step = format_path(path[: depth + 1]), format_path(path[: max(depth, 1)]), path[depth]
    prefixed = len(path) > 1 and path[0] == _NEEDLESS_PREFIX.get(scope) and path[0] not in names
    bare = path[1:] if prefixed else path
    if bare[0] in _UNSEEN.get(scope, ()) and bare[0] not in names:
        unknown = f"it isn't an attribute, and the Worker's own {bare[0]} isn't known here"
        return f"{format_path(path)} is missing (null): {unknown}"
    if prefixed:
        return (
            f"{format_path(path)} is missing (null): names here have no {path[0]}. in front. Write {format_path(bare)}"
        )
    if lacks_prefix(path, scope):
        return f"{name} is null here: it has no task. or worker. in front"
    if isinstance(container, list) and step.isdecimal():
        return f"{name} is missing (null): {parent} has length {len(container)}, and the first index is 0"
    if not isinstance(container, Mapping):
        return f"{name} is missing (null): {parent} is {kind(container)} and has no {step}"
    if step in container:
        return f"{name} is null"
    likely = None if scope is Scope.SKIP_IF else _likeliest(step, container)
    return f"{name} is missing (null)" + (_beside(path[:depth], step, likely, scope) if likely else "")


def _beside(way: Path, step: str, likely: str, scope: Scope) -> str:
    """Return a clause about a similar key. Either could be the misspelt one, so neither is called right."""
    there = f"{_owner(way, scope)} has {format_path((*way, likely))}"
    if not _KEY.fullmatch(likely):
        return f". {there}, which no expression can name"
    if step.casefold() == likely.casefold():
        return f". {there}, and capital letters matter"
    return f". {there}: is one of the two misspelled?"


def _owner(way: Path, scope: Scope) -> str:
    """Return the owner of the attributes that a path leads into."""
    if way and way[0] == "taskrouter":
        return "TaskRouter"
    task = scope is Scope.TASK or (scope is Scope.TARGET and way[0] == "task")
    return "The Task" if task else "The Worker"


def guess_path(path: Path, names: Names) -> Path | None:
    """Return an existing path that was probably meant by one that reads as null, or None."""
    container, depth = _deepest(path, names)
    if not isinstance(container, Mapping) or path[depth] in container:
        return None
    likely = _likeliest(path[depth], container)
    return None if likely is None else (*path[:depth], likely, *path[depth + 1 :])


def _deepest(path: Path, names: Names) -> tuple[Any, int]:
    """Return the deepest value that a path reaches, and how many of its parts lead there."""
    found: Any = names
    for depth in range(1, len(path)):
        value = read(names, path[:depth])
        if value is None:
            return found, depth - 1
        found = value
    return found, len(path) - 1


def _likeliest(key: str, container: Mapping[str, Any]) -> str | None:
    """Return the key of ``container`` most similar to ``key``, one that differs only in case first, or None."""
    if len(key) > _LONGEST_KEY:
        return None
    by_case = {other.casefold(): other for other in container if 0 < len(other) <= _LONGEST_KEY}
    if key.casefold() in by_case or len(by_case) > _MOST_KEYS:
        return by_case.get(key.casefold())
    close = get_close_matches(key.casefold(), by_case, 1, 0.75)
    return by_case[close[0]] if close else None
