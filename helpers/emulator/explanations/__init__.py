"""Explanations: why a Task waits, and the smallest change that gets it reserved.

::

    explain(task)                  why it waits, who is reserved, or what happened to it
    explain(worker)                Tasks that could be offered to this Worker
    explain(workflow, attributes)  the way of a Task with these attributes

``explain`` reads (``reading``), looks for the smallest change on copies (``search``) and puts the result into words
(``telling``, with the help of ``sentences``). It needs only an object of the SDK, from Twilio or from an emulator.
"""

from __future__ import annotations

from .explanation import Explanation, explain
from .search.search import Fix
from .spelling import Spelling

__all__ = ["Explanation", "Fix", "Spelling", "explain"]
