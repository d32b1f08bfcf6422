"""Lesson 1: expressions select Workers, filters select queues."""

from __future__ import annotations

from typing import Any

from ..connection import connect
from ..story import find, workspace_of
from .verdict import NotYet

__all__ = ["routes_as_the_workflow", "selects_bob_only"]

_WHERE = {
    "a": ("Spanish", 'the first filter compares `selected_language` with "es", and it is.'),
    "b": ("English", "the second filter is true; other attributes do not matter."),
    "c": ("nowhere", "the filters read `selected_language`, and this Task has only `language`."),
    "d": ("nowhere", '"ES" is not "es": comparisons mind upper and lower case.'),
}


def selects_bob_only(without_spanish: object) -> str:
    """1.1: a TargetWorkers expression for everybody without Spanish."""
    if not isinstance(without_spanish, str):
        raise NotYet(f"an expression is text, and this is {type(without_spanish).__name__}.", "put quotes around it.")
    if "friendly_name" in without_spanish or "Bob" in without_spanish:
        raise NotYet("this names Bob.", "the next colleague without Spanish has another name; ask for languages.")
    selected = _selected(without_spanish)
    if selected == ["Bob"]:
        return f"{without_spanish} selects Bob, and everybody else without Spanish."
    names = " and ".join(selected) or "nobody"
    raise NotYet(
        f"{without_spanish} selects {names}; it should select Bob alone.", "`NOT IN` has the list on its right."
    )


def routes_as_the_workflow(goes_to: Any) -> str:
    """1.2: where the four Tasks go."""
    if not isinstance(goes_to, dict) or set(goes_to) != set(_WHERE):
        raise NotYet("the answer is a dictionary with the letters a to d.")
    for letter, (place, because) in _WHERE.items():
        if str(goes_to[letter]).strip().lower() != place.lower():
            raise NotYet(f"Task {letter} does not go to {goes_to[letter]!r}.", because)
    return "two find their queue; two go nowhere, and TaskRouter would cancel them at once."


def _selected(expression: str) -> list[str]:
    client = connect().client
    workers = workspace_of(client, find(client)).workers.list(target_workers_expression=expression)
    return sorted(worker.friendly_name for worker in workers)
