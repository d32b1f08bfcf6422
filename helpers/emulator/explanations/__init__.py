"""Explanations: why a Task waits, and the smallest change that gets it reserved.

::

    explain(task)                  why it waits, who is reserved, or what happened to it
    explain(worker)                Tasks that could be offered to this Worker
    explain(workflow, attributes)  the way of a Task with these attributes

``explain`` reads (``reading``), looks for the smallest change on copies (``search``) and puts the result into words
(``telling``, with the help of ``sentences``). It needs only an object of the SDK, from Twilio or from an emulator.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .explanation import Explanation, explain
    from .search.search import Fix
    from .spelling import Spelling

__all__ = ["Explanation", "Fix", "Spelling", "explain"]

_HOMES = {"Explanation": "explanation", "Fix": "search.search", "Spelling": "spelling", "explain": "explanation"}


def __getattr__(name: str) -> Any:
    """Import a name when it is first used: the rooms below do without the SDK, which takes a second to import."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
