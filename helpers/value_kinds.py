"""Naming in words what somebody passed: "a list", "a Task", "nothing"."""

from __future__ import annotations

import inspect

from twilio.base.instance_context import InstanceContext
from twilio.base.instance_resource import InstanceResource
from twilio.base.list_resource import ListResource

__all__ = ["kind", "with_article"]

_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (type(None), "nothing (`None`)"),
    ((int, float), "a number"),
    (str, "text"),
    (dict, "a dictionary"),
    (list, "a list"),
    (type(...), "three dots (`...`)"),
    (tuple, "a tuple"),
    ((set, frozenset), "a set, which has no order"),
)


def kind(given: object) -> str:
    """Return what ``given`` is, in words: "a list", "a Task", "a Task that was not fetched"."""
    if isinstance(given, bool):
        return f"`{given}`"
    for types, name in _KINDS:
        if isinstance(given, types):
            return name
    own = type(given).__name__
    for base, ending, words in (
        (InstanceResource, "Instance", "{}"),
        (InstanceContext, "Context", "the way to {}, not read yet"),
        (ListResource, "List", "the way to every {}, not one of them"),
    ):
        if isinstance(given, base):
            noun = own.removesuffix(ending)
            return words.format(noun if base is ListResource else with_article(noun))
    if inspect.isroutine(given):
        return "a function" if inspect.isfunction(given) else f"the method `{given.__name__}`, not called"
    if callable(given):
        return "a function"
    return with_article(own)


def with_article(noun: str) -> str:
    """Return ``a Task``, ``an Activity``."""
    return f"{'an' if noun[:1].upper() in 'AEIOU' else 'a'} {noun}"
