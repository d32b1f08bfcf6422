"""Advice on a value used as something it isn't: indexed, called, looped over, compared, written as JSON."""

from __future__ import annotations

import re
from collections.abc import Callable

from twilio.base.instance_context import InstanceContext
from twilio.base.list_resource import ListResource

from helpers.emulator.display.value_kinds import with_article
from helpers.guide.slips.known_classes import find_helper_class, find_sdk_classes, list_public_names, noun_of

__all__ = ["advise_on_misuse"]

_NOT_A = re.compile(
    r"'([\w.]+)' object is not (?:an )?(\w+)"
    r"|object of type '([\w.]+)' has no (len)\(\)"
    r"|argument of type '([\w.]+)' is not (\w+)"
)


def advise_on_misuse(message: str) -> str | None:
    """Return what to write instead, or None; ``message`` is that of a ``TypeError``."""
    for pattern, advise in _RULES:
        if found := pattern.search(message):
            return advise(*(group for group in found.groups() if group is not None))
    return None


def _misused(kind: str, used_as: str) -> str | None:
    """Return advice for a value of this type that was indexed, called, looped over or passed to ``len``."""
    found = find_sdk_classes(kind)
    if found and issubclass(found[0], ListResource) and used_as in ("subscriptable", "iterable", "iterator", "len"):
        return "it stands for all resources of a kind and has read none: `.list()` reads them into a list."
    if found and used_as == "subscriptable":
        return "its properties are read with a dot, such as `.sid`." + (
            " `.fetch()` reads it first." if issubclass(found[0], InstanceContext) else ""
        )
    if found and used_as == "callable":
        return f"it is a {noun_of(found[0])} already: leave out the parentheses behind it."
    if found:
        return f"it is one {noun_of(found[0])}, not several."
    ours = find_helper_class(kind)
    if ours is not None and used_as == "callable":
        return f"it is {with_article(ours.__name__)} already, and is not called: leave out the parentheses behind it."
    if ours is not None and used_as == "subscriptable":
        return f"it is read with a dot: it has {', '.join(f'`.{name}`' for name in list_public_names(ours))}."
    return _OF_TYPES.get((kind, used_as))


_PARENTHESES = "a method is called with parentheses: `.list()[0]`, not `.list[0]`."
_NOTHING = "what stands there is None: its cell stored nothing, or a function returned nothing."
_DOTS = "it's still the three dots of an exercise: replace them with your answer."
_OF_TYPES = {
    ("method", "subscriptable"): _PARENTHESES,
    ("method", "iterable"): "a method is called with parentheses: `.list()`.",
    ("function", "subscriptable"): "a function is called with parentheses.",
    ("str", "callable"): "it is text: properties such as `.sid` have no parentheses.",
    ("dict", "callable"): 'it is a dictionary, which is read with brackets: `["key"]`.',
    ("list", "callable"): "it is a list: take one item with brackets, such as `[0]`.",
    ("int", "callable"): "it is a number: a property has no parentheses.",
    ("bool", "callable"): "it is True or False: a property has no parentheses.",
    ("datetime.datetime", "callable"): "it is a time: a property has no parentheses.",
    ("datetime.datetime", "subscriptable"): "it is a time, not text: read its parts with a dot, such as `.hour`.",
    ("int", "iterable"): "it is one number, not several.",
    ("NoneType", "subscriptable"): _NOTHING,
    ("NoneType", "iterable"): _NOTHING,
    ("NoneType", "callable"): _NOTHING,
    ("ellipsis", "callable"): _DOTS,
    ("ellipsis", "iterable"): _DOTS,
    ("ellipsis", "subscriptable"): _DOTS,
    ("set", "subscriptable"): 'it is a set: with a colon, `{"key": value}`, it would be a dictionary.',
}


def _of_text() -> str:
    return (
        "what stands before the brackets is text. `attributes` of a Task or Worker are JSON text: "
        '`json.loads(task.attributes)["selected_language"]`.'
    )


def _of_list() -> str:
    return "what stands before the brackets is a list: take one item by its number, such as `[0]`, first."


def _of_unreadable(kind: str) -> str | None:
    if kind == "dict":
        return "it's a dictionary already: leave out `json.loads`, which reads text."
    if kind == "NoneType":
        return "what stands there is None, and `json.loads` reads text: its cell stored nothing, or nothing was found."
    found = find_sdk_classes(kind)
    has_text = noun_of(found[0]) in ("Task", "Worker") if found else False
    return f"it reads text, such as `json.loads({noun_of(found[0]).lower()}.attributes)`." if has_text else None


def _of_object(kind: str) -> str | None:
    if kind == "set":
        return 'JSON has no sets: `{"key": value}` with a colon is a dictionary, `[...]` a list.'
    if kind == "ellipsis":
        return _DOTS
    return "JSON has no place for an object of the SDK: pass its SID, `.sid`." if find_sdk_classes(kind) else None


def _of_key(kind: str) -> str:
    return (
        f"a {kind} can be neither in a set nor a key. Between key and value belongs a colon, not a comma: "
        '`{"languages": ["en", "es"]}`.'
    )


def _of_order() -> str:
    return "resources have no order: say what to sort by, such as `sorted(…, key=lambda one: one.date_created)`."


def _of_sum() -> str:
    return "text and number can't be added: `int(…)` makes a number of the text, `str(…)` text of the number."


def _of_change() -> str:
    return (
        "it is text. To change attributes, make a dictionary with `json.loads(…)`, change that, and send it: "
        "`.update(attributes=json.dumps(…))`."
    )


def _of_comparison() -> str:
    return "a number is compared with text here: write the number without quotes, or turn the text into one: `int(…)`."


_RULES: tuple[tuple[re.Pattern[str], Callable[..., str | None]], ...] = (
    (re.compile("string indices must be integers"), _of_text),
    (re.compile('can only concatenate str \\(not "int"\\) to str'), _of_sum),
    (re.compile("'str' object does not support item assignment"), _of_change),
    (re.compile("list indices must be integers or slices, not str"), _of_list),
    (re.compile(r"JSON object must be str, bytes or bytearray, not (\w+)"), _of_unreadable),
    (re.compile(r"Object of type (\w+) is not JSON serializable"), _of_object),
    (re.compile(r"unhashable type: '(list|dict)'"), _of_key),
    (re.compile(r"not supported between instances of '(?:str' and 'int|int' and 'str)'"), _of_comparison),
    (re.compile(r"not supported between instances of '\w+Instance' and '\w+Instance'"), _of_order),
    (_NOT_A, _misused),
)
