"""Why a name stands for null, and which name is there instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from ..evaluation.lookup import Names, read, spelled
from ..evaluation.scope import Scope, belongs_nowhere
from ..grammar.nodes import Path
from ..values import kind

__all__ = ["probably_meant", "why_null"]

_LONGEST_KEY = 64
_MOST_KEYS = 100
"""Longer keys, or more of them, are not compared for likeness, which takes time."""
_KEY = re.compile(r"[\w$]+")
_UNSEEN = {
    Scope.WORKER: ("sid", "friendly_name", "activity_sid", "activity_name", "channel"),
    Scope.WORKER_FILTER: ("channel",),
}
"""What a target's expression knows of a Worker beside the attributes, and these places don't (reference 5.1)."""
_NEEDLESS_PREFIX = {Scope.WORKER: "worker", Scope.WORKER_FILTER: "worker", Scope.TASK: "task"}


def why_null(path: Path, names: Names, scope: Scope) -> str:
    """A sentence, without its full stop, on a path that reads as null."""
    container, depth = _deepest(path, names)
    name, parent, step = spelled(path[: depth + 1]), spelled(path[: max(depth, 1)]), path[depth]
    prefixed = len(path) > 1 and path[0] == _NEEDLESS_PREFIX.get(scope) and path[0] not in names
    bare = path[1:] if prefixed else path
    if bare[0] in _UNSEEN.get(scope, ()) and bare[0] not in names:
        return (
            f"{spelled(path)} is missing (null): it is no attribute, and the Worker's own {bare[0]} is not known here"
        )
    if prefixed:
        return f"{spelled(path)} is missing (null): names here carry no {path[0]}. in front; write {spelled(bare)}"
    if belongs_nowhere(path, scope):
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
    """The key that is there instead. Nobody knows which of the two is misspelt, so neither is called right."""
    there = f"{_owner(way, scope)} has {spelled((*way, likely))}"
    if not _KEY.fullmatch(likely):
        return f"; {there}, which no expression can name"
    if step.casefold() == likely.casefold():
        return f"; {there}, and capitals count"
    return f"; {there}: is one of the two misspelt?"


def _owner(way: Path, scope: Scope) -> str:
    """Whose attributes a path leads into."""
    if way and way[0] == "taskrouter":
        return "TaskRouter"
    task = scope is Scope.TASK or (scope is Scope.TARGET and way[0] == "task")
    return "the Task" if task else "the Worker"


def probably_meant(path: Path, names: Names) -> Path | None:
    """The path that is there and was probably meant by one that reads as null."""
    container, depth = _deepest(path, names)
    if not isinstance(container, Mapping) or path[depth] in container:
        return None
    likely = _likeliest(path[depth], container)
    return None if likely is None else (*path[:depth], likely, *path[depth + 1 :])


def _deepest(path: Path, names: Names) -> tuple[Any, int]:
    """The last thing found on the way, and how many parts of the path lead to it."""
    found: Any = names
    for depth in range(1, len(path)):
        value = read(names, path[:depth])
        if value is None:
            return found, depth - 1
        found = value
    return found, len(path) - 1


def _likeliest(key: str, container: Mapping[str, Any]) -> str | None:
    """The key of ``container`` that looks most like ``key``: first one that differs in case only."""
    if len(key) > _LONGEST_KEY:
        return None
    by_case = {other.casefold(): other for other in container if 0 < len(other) <= _LONGEST_KEY}
    if key.casefold() in by_case or len(by_case) > _MOST_KEYS:
        return by_case.get(key.casefold())
    close = get_close_matches(key.casefold(), by_case, 1, 0.75)
    return by_case[close[0]] if close else None
