"""Advice on slips in Python: what a cell that ended with one of Python's errors most likely meant."""

from __future__ import annotations

import ast
import json
import linecache
import re
import textwrap
from collections.abc import Mapping
from difflib import get_close_matches
from types import TracebackType
from typing import Any

from helpers.emulator.display.value_kinds import kind
from helpers.guide.slips.known_classes import HELPERS
from helpers.guide.slips.misused_values import advise_on_misuse
from helpers.guide.slips.sdk_arguments import advise_on_call
from helpers.guide.slips.sdk_attributes import advise_on_attribute
from helpers.guide.slips.unknown_names import advise_on_name

__all__ = ["advise", "find_learners_frame", "is_from_empty_list"]

_NOT_LEARNERS = ("helpers", "twilio", "requests", "IPython", "json", "flask", "werkzeug")
_SHOWN = 12
_HEADER = "HTTP_"
"""Beginning of a request header's name in Flask's KeyError; the other words have underscores between them."""


def advise(error: BaseException) -> str | None:
    """Return what to do about the error; None where Python's own message says it best."""
    if isinstance(error, AttributeError):
        return advise_on_attribute(error) or _became_plain(error)
    if isinstance(error, NameError):
        return _unknown(error)
    if isinstance(error, TypeError):
        return advise_on_call(error) or _called_for_check(error) or advise_on_misuse(str(error))
    if isinstance(error, KeyError):
        return _missing_key(error)
    if isinstance(error, json.JSONDecodeError):
        return _not_json(error)
    if isinstance(error, ImportError):
        return _not_in_helpers(str(error))
    if isinstance(error, IndexError):
        return _beyond_the_end(find_learners_frame(error.__traceback__))
    return None


def is_from_empty_list(error: IndexError) -> bool:
    """Return True if the cell took the first or last item of ``.list()``, so that the list must be empty."""
    entry = find_learners_frame(error.__traceback__)
    node = None if entry is None else _failing_node(entry)
    return isinstance(node, ast.Subscript) and _is_list_call(node.value) and ast.unparse(node.slice) in ("0", "-1")


def find_learners_frame(traceback: TracebackType | None) -> TracebackType | None:
    """Return the deepest entry that is the learner's own code, not a library's."""
    found = None
    while traceback is not None:
        if traceback.tb_frame.f_globals.get("__name__", "").partition(".")[0] not in _NOT_LEARNERS:
            found = traceback
        traceback = traceback.tb_next
    return found


def _not_json(error: json.JSONDecodeError) -> str:
    seen = error.doc[error.pos : error.pos + 12]
    if not error.doc.strip():
        return "The text is empty. Check where it comes from."
    place = f"stops being valid JSON before `{seen}`" if seen else "ends too early"
    return f"The text {place}. JSON has double quotes around names and strings. Write it with `json.dumps({{...}})`."


def _became_plain(error: AttributeError) -> str | None:
    """Advise on a name that has text, a number or a plain collection where an object was expected."""
    entry = find_learners_frame(error.__traceback__)
    node = None if entry is None else _failing_node(entry)
    if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name) or error.obj is None:
        return None
    if not isinstance(error.obj, str | int | float | dict | list | tuple):
        return None
    written = node.value.id
    return (
        f"`{written}` is {kind(error.obj)} and has no `.{error.name}`. If it was something else before, run the cell "
        "that creates it again."
    )


def _called_for_check(error: TypeError) -> str | None:
    """Advise on ``check("5.1", serve())``, which calls the function before ``check`` can."""
    entry = find_learners_frame(error.__traceback__)
    failing = None if entry is None else _failing_node(entry)
    if entry is None or not isinstance(failing, ast.Call):
        return None
    written = ast.unparse(failing)
    for node in ast.walk(ast.parse("".join(linecache.getlines(entry.tb_frame.f_code.co_filename)))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "check":
            answers = [ast.unparse(each) for each in node.args]
            if written in answers:
                answers[answers.index(written)] = ast.unparse(failing.func)
                return f"`check` calls the function for you. Leave out the parentheses: `check({', '.join(answers)})`."
    return None


def _unknown(error: NameError) -> str | None:
    """Advise on an undefined name in a function of the learner's."""
    entry = find_learners_frame(error.__traceback__)
    if entry is None or not error.name:
        return None
    code = entry.tb_frame.f_code
    source = textwrap.dedent("".join(linecache.getlines(code.co_filename)[code.co_firstlineno - 1 :]))
    return advise_on_name(error.name, source, {**entry.tb_frame.f_globals, **entry.tb_frame.f_locals})


def _not_in_helpers(message: str) -> str | None:
    asked = re.match(r"cannot import name '(\w+)' from 'helpers'", message)
    close = get_close_matches(asked[1], HELPERS, n=1, cutoff=0.6) if asked else []
    return f"Write `from helpers import {close[0]}`." if close else None


def _is_list_call(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "list"


def _beyond_the_end(entry: TracebackType | None) -> str | None:
    """Advise on an index beyond the end, with the number of items."""
    node = None if entry is None else _failing_node(entry)
    if entry is None or not isinstance(node, ast.Subscript):
        return None
    if isinstance(node.value, ast.Call) and ast.unparse(node.value.func).endswith("inbox.select"):
        return "Fewer requests in the inbox match. `listener.inbox` shows all of them."
    if _is_list_call(node.value):
        return "The list is shorter than that. Its first item is `[0]`, and `len(…)` returns its length."
    try:
        items = _value(node.value, entry)
    except (LookupError, AttributeError, TypeError, ValueError):
        return None
    if not hasattr(items, "__len__") or isinstance(items, Mapping):
        return None
    written, count = ast.unparse(node.value), len(items)
    if not count:
        return f"`{written}` is empty. Nothing was found, or nothing has arrived yet."
    return f"`{written}` has {count} item{'s' if count > 1 else ''}. The last one is `{written}[{count - 1}]`."


def _missing_key(error: KeyError) -> str | None:
    """Advise on a missing key: the key that was probably meant, or all of them."""
    key, asked = error.args[0] if error.args else None, _find_mapping(find_learners_frame(error.__traceback__))
    if isinstance(key, str) and key.startswith(_HEADER):
        header = key.removeprefix(_HEADER).replace("_", "-").title()
        return f'The request has no header {header}. `headers.get("{header}", "")` returns an empty text for it.'
    if not isinstance(key, str) or asked is None:
        return None
    written, mapping = asked
    keys = [each for each in mapping if isinstance(each, str)]
    same = {_normalize(each): each for each in keys}
    close = get_close_matches(_normalize(key), list(same), n=1, cutoff=0.7)
    if close:
        return f'Write `{written}["{same[close[0]]}"]`.'
    if not keys:
        return f"`{written}` is empty."
    more = ", …" if len(keys) > _SHOWN else ""
    return f"`{written}` has {', '.join(keys[:_SHOWN])}{more}."


def _normalize(key: str) -> str:
    return re.sub(r"[_\s-]", "", key).lower()


def _find_mapping(entry: TracebackType | None) -> tuple[str, Mapping[Any, Any]] | None:
    """Return the dictionary that the failing code read, as written and its value, or None."""
    node = None if entry is None else _failing_node(entry)
    if entry is None or not isinstance(node, ast.Subscript):
        return None
    try:
        value = _value(node.value, entry)
    except (LookupError, AttributeError, TypeError, ValueError):
        return None
    return (ast.unparse(node.value), value) if isinstance(value, Mapping) else None


def _failing_node(entry: TracebackType) -> ast.expr | None:
    """Return the expression that raised, from the positions that Python keeps for each instruction, or None."""
    code = entry.tb_frame.f_code
    first, last, begin, end = list(code.co_positions())[entry.tb_lasti // 2]
    lines = linecache.getlines(code.co_filename)
    if None in (first, last, begin, end) or not lines or first is None or last is None:
        return None
    part = [line.encode() for line in lines[first - 1 : last]]
    part[-1] = part[-1][:end]
    part[0] = part[0][begin:]
    try:
        return ast.parse(f"({b''.join(part).decode()})", mode="eval").body
    except SyntaxError:
        return None


def _value(node: ast.expr, entry: TracebackType) -> Any:
    """Return the value of a name, of names joined by dots, or of ``json.loads`` of one; else raise LookupError."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "json.loads" and len(node.args) == 1:
        return json.loads(_value(node.args[0], entry))
    if isinstance(node, ast.Attribute):
        return getattr(_value(node.value, entry), node.attr)
    if isinstance(node, ast.Name):
        names = {**entry.tb_frame.f_globals, **entry.tb_frame.f_locals}
        return names[node.id]
    raise LookupError
