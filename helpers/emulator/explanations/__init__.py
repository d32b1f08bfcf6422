"""Explanations: why a Task waits, and what would move it.

::

    explain(task)                  why it waits, who is reserved, or what happened to it
    explain(worker)                what could reach them
    explain(workflow, attributes)  where a Task with these attributes would go
"""

from __future__ import annotations

from ..emulator_errors import BadAttributes
from .reading.target import read_given
from .telling.explanation import Explanation
from .telling.of_task import explain_task
from .telling.of_worker import explain_worker
from .telling.of_workflow import explain_workflow

__all__ = ["Explanation", "explain"]


def explain(given: object, attributes: object = None) -> Explanation:
    """Explain a Task, a Worker, or a Workflow with the attributes of a Task that might come.

    Everything is read anew with GET requests, and judged by the emulator's own rules, for data
    from Twilio too. Nothing is changed before ``apply()`` of what is returned is called.

    Args:
        given: a Task, Worker or Workflow as the SDK gives it.
        attributes: with a Workflow: a dict, or the JSON text of one; nothing counts as ``{}``.

    Raises:
        NotExplainable: ``given`` is something else.
        BadAttributes: no Task could have these attributes, or they go with no Workflow.
        TwilioException: a request was refused.
    """
    found = read_given(given)
    if found.kind == "workflow":
        return explain_workflow(found, attributes, explain)
    if attributes is not None:
        raise BadAttributes(f"`attributes` go with a Workflow, and this is a {found.kind.capitalize()}.")
    return explain_task(found, explain) if found.kind == "task" else explain_worker(found, explain)
