"""URL of a Workflow's assignment callback, set and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.errors import NotAWorkflow, NotReached

if TYPE_CHECKING:
    from twilio.rest.taskrouter.v1.workspace.workflow import WorkflowInstance

__all__ = ["check_workflow", "set_callback_url"]


def check_workflow(given: object) -> None:
    """Check that ``given`` is a Workflow of the SDK.

    Raises:
        NotAWorkflow: it is something else.
    """
    from twilio.rest.taskrouter.v1.workspace.workflow import WorkflowInstance

    if not isinstance(given, WorkflowInstance):
        raise NotAWorkflow(given)


def set_callback_url(workflow: WorkflowInstance, url: str) -> str:
    """Set ``url`` as the ``assignment_callback_url``, read it back, and return the Workflow's friendly name.

    Raises:
        NotReached: the Workflow has another URL afterwards.
        TwilioException: it couldn't be set or read.
    """
    workflow.update(assignment_callback_url=url)
    kept = workflow.fetch()
    if kept.assignment_callback_url != url:
        raise NotReached(url, f"The Workflow has {kept.assignment_callback_url!r} instead.")
    return str(kept.friendly_name)
