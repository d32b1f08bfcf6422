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
        return "This is the collection, and it hasn't read anything yet. `.list()` returns a list of its resources."
    if found and used_as == "subscriptable":
        return "Read its properties with a dot, for example `.sid`." + (
            " Fetch it first, with `.fetch()`." if issubclass(found[0], InstanceContext) else ""
        )
    if found and used_as == "callable":
        return f"This is already a {noun_of(found[0])}. Leave out the parentheses after it."
    if found:
        return f"This is one {noun_of(found[0])}, not a list."
    ours = find_helper_class(kind)
    if ours is not None and used_as == "callable":
        return f"This is already {with_article(ours.__name__)}. Leave out the parentheses after it."
    if ours is not None and used_as == "subscriptable":
        return f"Read its properties with a dot. It has {', '.join(f'`.{name}`' for name in list_public_names(ours))}."
    return _OF_TYPES.get((kind, used_as))


_PARENTHESES = "Call a method with parentheses: `.list()[0]`, not `.list[0]`."
_NOTHING = "This value is None. Its cell stored nothing, or a function returned nothing."
_DOTS = "These are still the three dots of an exercise. Replace them with your answer."
_OF_TYPES = {
    ("method", "subscriptable"): _PARENTHESES,
    ("method", "iterable"): "Call a method with parentheses: `.list()`.",
    ("function", "subscriptable"): "Call a function with parentheses.",
    ("str", "callable"): "This is a string. Properties such as `.sid` have no parentheses.",
    ("dict", "callable"): 'This is a dictionary. Read it with brackets: `["key"]`.',
    ("list", "callable"): "This is a list. Take one item with brackets, for example `[0]`.",
    ("int", "callable"): "This is a number. A property has no parentheses.",
    ("bool", "callable"): "This is True or False. A property has no parentheses.",
    ("datetime.datetime", "callable"): "This is a time. A property has no parentheses.",
    (
        "datetime.datetime",
        "subscriptable",
    ): "This is a time, not a string. Read its parts with a dot, for example `.hour`.",
    ("int", "iterable"): "This is one number, not a list.",
    ("NoneType", "subscriptable"): _NOTHING,
    ("NoneType", "iterable"): _NOTHING,
    ("NoneType", "callable"): _NOTHING,
    ("ellipsis", "callable"): _DOTS,
    ("ellipsis", "iterable"): _DOTS,
    ("ellipsis", "subscriptable"): _DOTS,
    ("set", "subscriptable"): 'This is a set. A dictionary has a colon: `{"key": value}`.',
}


def _of_text() -> str:
    return (
        "The value before the brackets is a string. The `attributes` of a Task or Worker are JSON text. Write "
        '`json.loads(task.attributes)["selected_language"]`.'
    )


def _of_list() -> str:
    return "The value before the brackets is a list. Take one item first, for example with `[0]`."


def _of_unreadable(kind: str) -> str | None:
    if kind == "dict":
        return "This is already a dictionary. Leave out `json.loads`, which reads text."
    if kind == "NoneType":
        return "`json.loads` reads text, but this value is None. Its cell stored nothing, or nothing was found."
    found = find_sdk_classes(kind)
    has_text = noun_of(found[0]) in ("Task", "Worker") if found else False
    if not has_text:
        return None
    return f"`json.loads` reads text, for example `json.loads({noun_of(found[0]).lower()}.attributes)`."


def _of_object(kind: str) -> str | None:
    if kind == "set":
        return 'JSON has no sets. Write a dictionary with a colon, `{"key": value}`, or a list, `[...]`.'
    if kind == "ellipsis":
        return _DOTS
    return "JSON can't hold an SDK object. Pass its SID, `.sid`." if find_sdk_classes(kind) else None


def _of_key(kind: str) -> str:
    return (
        f"A {kind} can't be in a set and can't be a key. Put a colon between key and value, not a comma: "
        '`{"languages": ["en", "es"]}`.'
    )


def _of_order() -> str:
    return (
        "Resources have no order of their own. Say what to sort by, for example `sorted(…, key=lambda one: "
        "one.date_created)`."
    )


def _of_sum() -> str:
    return (
        "You can't add text and a number. `int(…)` turns the text into a number, and `str(…)` turns the number into "
        "text."
    )


def _of_difference() -> str:
    return "You can't calculate with text. `int(…)` turns the text into a number."


def _of_change() -> str:
    return (
        "This is a string. To change attributes, turn them into a dictionary with `json.loads(…)`, change the "
        "dictionary, and send it: `.update(attributes=json.dumps(…))`."
    )


def _of_comparison() -> str:
    return (
        "You compare a number with text. Write the number without quotes, or turn the text into a number with `int(…)`."
    )


_RULES: tuple[tuple[re.Pattern[str], Callable[..., str | None]], ...] = (
    (re.compile("string indices must be integers"), _of_text),
    (re.compile('can only concatenate str \\(not "int"\\) to str'), _of_sum),
    (
        re.compile(r"unsupported operand type\(s\) for (?:-|/|//): (?:'str' and '(?:str|int)'|'int' and 'str')"),
        _of_difference,
    ),
    (re.compile("'str' object does not support item assignment"), _of_change),
    (re.compile("list indices must be integers or slices, not str"), _of_list),
    (re.compile(r"JSON object must be str, bytes or bytearray, not (\w+)"), _of_unreadable),
    (re.compile(r"Object of type (\w+) is not JSON serializable"), _of_object),
    (re.compile(r"unhashable type: '(list|dict)'"), _of_key),
    (re.compile(r"not supported between instances of '(?:str' and 'int|int' and 'str)'"), _of_comparison),
    (re.compile(r"not supported between instances of '\w+Instance' and '\w+Instance'"), _of_order),
    (_NOT_A, _misused),
)
