"""Advice on an undefined name: what was probably meant."""

from __future__ import annotations

import ast
import difflib
import re
import sys
from collections.abc import Iterator, Mapping
from types import ModuleType

from helpers.guide.slips.known_classes import HELPERS

__all__ = ["advise_on_name"]

_PYTHONS = {"true": "True", "false": "False", "null": "None", "undefined": "None", "TRUE": "True", "FALSE": "False"}
"""Words of JSON and JavaScript."""

_IMPORTS = {
    "helpers": "import helpers",
    "datetime": "from datetime import datetime",
    "timedelta": "from datetime import timedelta",
    "pprint": "from pprint import pprint",
    "sleep": "from time import sleep",
    "requests": "import requests",
    "Client": "from twilio.rest import Client",
    "RequestValidator": "from twilio.request_validator import RequestValidator",
    "TwilioRestException": "from twilio.base.exceptions import TwilioRestException",
}


_LISTS = ("activities", "events", "task_channels", "task_queues", "tasks", "workers", "workflows")
_MODULES = ("json", "requests", "time")


def advise_on_name(name: str, source: str, namespace: Mapping[str, object], elsewhere: str = "") -> str:
    """Return what to do about ``name``, which neither ``namespace`` nor a step of this lesson has.

    Args:
        source: the cell that reads the name.
        elsewhere: a sentence about another place that has the name, if there is one.
    """
    return next(_advice(name, source, namespace, elsewhere))


def _advice(name: str, source: str, namespace: Mapping[str, object], elsewhere: str) -> Iterator[str]:
    if name in _PYTHONS:
        yield f"Python spells it `{_PYTHONS[name]}`."
    if hasattr(namespace.get("story"), name) and not name.startswith("_"):
        yield f"It's part of `story`: write `story.{name}`."
    if name in HELPERS:
        yield f"Import it first: `from helpers import {name}`."
    if name in _IMPORTS:
        yield f"Import it first: `{_IMPORTS[name]}`."
    if name in sys.stdlib_module_names and re.search(rf"\b{name}\.", source):
        yield f"Import it first: `import {name}`."
    if name in _LISTS and "workspace" in namespace:
        yield f"It belongs to the Workspace: write `workspace.{name}`."
    if name in ("worker", "task") and re.search(rf"\b{name}\.(channel\.|\w+ +(AND|OR|HAS|IN)\b)", source):
        yield f'An expression is text, so put it in quotes: `"{name}.…"`.'
    for module, found in namespace.items():
        if isinstance(found, ModuleType) and module in _MODULES and hasattr(found, name):
            yield f"It belongs to `{module}`: write `{module}.{name}`."
    if elsewhere:
        yield elsewhere
    known = [each for each in namespace if not each.startswith("_")]
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.75)
    if close and close[0] in HELPERS and re.search(rf"\b{name}\.", source):
        yield f"`{close[0]}` is a function. Store its result first: `{name} = {close[0]}(…)`."
    if close:
        text = f' If it is text, put it in quotes: `"{name}"`.' if name in _values(source) else ""
        yield f"Did you mean `{close[0]}`?{text}"
    if name in _values(source):
        yield (
            f'If it is text, put it in quotes: `"{name}"`. If it is a variable, the cell that creates it has not run '
            "in this kernel: run that cell first."
        )
    yield "No cell in this kernel has created it. Check the spelling, or run the cell that creates it."


def _values(source: str) -> list[str]:
    """Return the names in a cell where a text could be: assigned, passed, compared or listed, for example."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return []
    owners = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute | ast.Subscript | ast.Starred)
    }
    owners |= {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    owners |= {id(node.value) for node in tree.body if isinstance(node, ast.Expr)}
    owners |= {id(node.iter) for node in ast.walk(tree) if isinstance(node, ast.For | ast.comprehension)}
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in owners]
