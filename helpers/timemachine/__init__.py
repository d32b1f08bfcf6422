"""The time machine: a Workspace at an earlier moment, branches that continue differently, and comparisons.

::

    then = before(task, "created")
    branch = then.branch("Bob speaks Spanish")
    branch.workspace.workers(story.bob_sid).update(attributes='{"languages": ["en", "es"]}')
    branch.replay()
    compare(branch)
"""

from __future__ import annotations

from helpers.timemachine.branches import Branch
from helpers.timemachine.comparison import compare
from helpers.timemachine.moments import Then, at, before

__all__ = ["Branch", "Then", "at", "before", "compare"]
