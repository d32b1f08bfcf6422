"""Kind of a value in words: "a list", "a Task", "nothing"."""

from __future__ import annotations

import inspect

__all__ = ["kind", "with_article"]

_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (type(None), "nothing (`None`)"),
    ((int, float), "a number"),
    (str, "text"),
    (dict, "a dictionary"),
    (list, "a list"),
    (type(...), "three dots (`...`)"),
    (tuple, "a tuple"),
    ((set, frozenset), "a set"),
    (bytes, "bytes"),
)


def kind(given: object) -> str:
    """Return the kind of ``given`` in words: "a list", "a Task", "a reference to a Task that isn't fetched yet"."""
    if isinstance(given, bool):
        return f"`{given}`"
    for types, name in _KINDS:
        if isinstance(given, types):
            return name
    if inspect.isroutine(given):
        return "a function" if inspect.isfunction(given) else f"the method `{given.__name__}`, not called"
    return _of_the_sdk(given) or ("a function" if callable(given) else with_article(type(given).__name__))


def with_article(noun: str) -> str:
    """Return ``a Task``, ``an Activity``."""
    return f"{'an' if noun[:1].upper() in 'AEIOU' else 'a'} {noun}"


def _of_the_sdk(given: object) -> str | None:
    from twilio.base.instance_context import InstanceContext  # here, so that the emulator starts without the SDK
    from twilio.base.instance_resource import InstanceResource
    from twilio.base.list_resource import ListResource

    own = type(given).__name__
    for base, ending, words in (
        (InstanceResource, "Instance", "{}"),
        (InstanceContext, "Context", "a reference to {} that isn't fetched yet"),
        (ListResource, "List", "the collection of every {}"),
    ):
        if isinstance(given, base):
            noun = own.removesuffix(ending)
            return words.format(noun if base is ListResource else with_article(noun))
    return None
