"""Notes on code that ran without an error and didn't do what its author most likely meant."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from twilio.base.instance_context import InstanceContext
from twilio.base.instance_resource import InstanceResource
from twilio.base.list_resource import ListResource

from helpers.emulator.display.value_kinds import kind
from helpers.wire import Exchange

__all__ = ["find_remarks"]

_OWN_FIRST = ("friendly_name", "reservation_status", "limit")
"""First parameters of ``list`` and ``create`` that people mean when they pass a value without a name."""

_OFTEN_MEANT = ("friendly_name", "assignment_status", "event_type", "limit")
"""Parameters of ``list`` that an unnamed value is most likely meant for; every ``list`` has the last one."""

_SENT_AS = {"available": "activity_sid", "activity_name": "activity_sid"}
"""Properties that a parameter of another name changes."""


def find_remarks(
    source: str, names: Mapping[str, Any], shown: object = None, exchanges: Iterable[Exchange] = ()
) -> list[str]:
    """Return a sentence for each part of a cell without effect, or with a different one than it seems to have.

    No code of the cell runs again: names and attributes are looked up, and only list resources are called with a SID.

    Args:
        source: the cell, which ended without an error.
        names: the names defined now.
        shown: the value of its last line.
        exchanges: its requests to TaskRouter.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):  # a magic such as %%bash
        return []
    found = [sentence for node in _outside_functions(tree) for sentence in _about(node, names)]
    found += [*_about_value(shown), *filter(None, map(_about_exchange, exchanges))]
    return list(dict.fromkeys(found))[:_MOST_AT_ONCE]


_MOST_AT_ONCE = 3


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that the cell itself ran; the bodies of functions may not have run yet."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield child
            yield from _outside_functions(child)


def _about(node: ast.AST, names: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        yield from _stored(node, names)
    elif isinstance(node, ast.Expr):
        yield from _not_called(node.value, names)
        yield from _not_kept(node.value, names)
    elif isinstance(node, ast.Call):
        yield from _without_a_name(node, names)
        yield from _without_a_sid(node, names)


def _stored(target: ast.Attribute, names: Mapping[str, Any]) -> Iterator[str]:
    """Note ``alice.available = False``, which the SDK allows and doesn't send."""
    owner = _value(target.value, names)
    if not isinstance(owner, InstanceResource) or target.attr.startswith("_"):
        return
    parameter = _SENT_AS.get(target.attr, target.attr)
    update = getattr(owner, "update", None)
    takes = update is not None and parameter in inspect.signature(update).parameters
    how = f" `{ast.unparse(target.value)}.update({parameter}=…)` changes it in TaskRouter." if takes else ""
    yield f"`{ast.unparse(target)} = …` changes only this copy. Nothing was sent to TaskRouter.{how}"


def _not_called(node: ast.expr, names: Mapping[str, Any]) -> Iterator[str]:
    """Note a function without parentheses, such as ``tidy_up``."""
    if isinstance(node, ast.Name | ast.Attribute) and inspect.isroutine(_value(node, names)):
        written = ast.unparse(node)
        yield f"`{written}` wasn't called, so nothing happened. Call it with parentheses: `{written}(…)`."


def _not_kept(node: ast.expr, names: Mapping[str, Any]) -> Iterator[str]:
    """Note ``task.fetch()`` alone, which returns a new object and doesn't change ``task``."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "fetch":
        return
    owner = node.func.value
    if isinstance(owner, ast.Name) and isinstance(_value(owner, names), InstanceResource):
        again = f"`{owner.id} = {owner.id}.fetch()`"
        yield f"`{owner.id}` itself hasn't changed. Write {again} to store the new version."


def _without_a_name(call: ast.Call, names: Mapping[str, Any]) -> Iterator[str]:
    """Note ``workers.list("Alice")``, where the first parameter of ``list`` isn't the name."""
    function = call.func
    if not call.args or not isinstance(function, ast.Attribute) or function.attr not in ("list", "stream", "create"):
        return
    owner, given = _value(function.value, names), call.args[0]
    if not isinstance(owner, ListResource) or isinstance(given, ast.Starred):
        return
    takes = inspect.signature(getattr(owner, function.attr)).parameters
    first = next(iter(takes), "")
    if first in _OWN_FIRST:
        return
    example = "attributes=…"
    if function.attr != "create":
        is_number = isinstance(given, ast.Constant) and isinstance(given.value, int)
        meant = "limit" if is_number else next(name for name in _OFTEN_MEANT if name in takes)
        example = f"{meant}={ast.unparse(given)}"
    yield (
        f"The first parameter of `{function.attr}` is `{first}`, so `{ast.unparse(given)}` was sent as `{first}`. "
        f"Name the parameter, for example `{function.attr}({example})`."
    )


def _without_a_sid(call: ast.Call, names: Mapping[str, Any]) -> Iterator[str]:
    """Note ``workers("").fetch()``, which requests the list and reads its response as one Worker."""
    owner = _value(call.func, names) if len(call.args) == 1 else None
    if isinstance(owner, ListResource) and _value(call.args[0], names) == "":
        yield (
            f"The SID in `{ast.unparse(call)}` is an empty string, so this requests the whole list instead of one "
            "resource."
        )


def _about_value(shown: object) -> Iterator[str]:
    """Note a list resource or a context in the last line, which looks like a result but has read nothing."""
    if isinstance(shown, ListResource):
        yield f"This is {kind(shown)}. `.list()` reads them."
    elif isinstance(shown, InstanceContext):
        yield f"This is {kind(shown)}. `.fetch()` reads it."


def _about_exchange(exchange: Exchange) -> str:
    """Return a note on an update without parameters; empty if it isn't one."""
    is_update = exchange.method == "POST" and re.search(r"/[A-Z]{2}[0-9a-f]{32}$", exchange.path) is not None
    if not is_update or exchange.parameters or exchange.status >= 400:
        return ""
    return "`update` sent no change. The SDK leaves out parameters that are None."


def _value(node: ast.expr, names: Mapping[str, Any]) -> object:
    """Return the value of a constant, of names joined by dots, or of a list resource called with a SID, else None."""
    try:
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            return names.get(node.id)
        if isinstance(node, ast.Attribute):
            return getattr(_value(node.value, names), node.attr, None)
        if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
            owner = _value(node.func, names)
            return owner(_value(node.args[0], names)) if isinstance(owner, ListResource) else None
    except Exception:  # a property of a foreign object can raise anything
        return None
    return None
