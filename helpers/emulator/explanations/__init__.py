"""Explanations: why a Task waits, and what would move it.

::

    explain(task)                  why it waits, who is reserved, or what happened to it
    explain(worker)                what could reach them
    explain(workflow, attributes)  where a Task with these attributes would go

``explain`` reads (``reading``), looks for the smallest change on copies (``search``) and says what it found
(``telling``, in the words of ``sentences``). All that it needs is an object of the SDK's, from Twilio or from here.
"""

from __future__ import annotations

from .explanation import Explanation, explain
from .search.search import Fix
from .spelling import Spelling

__all__ = ["Explanation", "Fix", "Spelling", "explain"]
