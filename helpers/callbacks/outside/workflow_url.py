"""URL of a Workflow's assignment callback, set and read back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from helpers.errors.listener_errors import NotAWorkflow, NotOwnWorkflow
from helpers.errors.tunnel_errors import NotReached

if TYPE_CHECKING:
    from twilio.rest.taskrouter.v1.workspace.workflow import WorkflowInstance

__all__ = ["check_workflow", "set_callback_url"]


def check_workflow(given: object, has_created: Callable[[str], bool] | None = None) -> None:
    """Check that ``given`` is a Workflow of the SDK, in a Workspace that this kernel created.

    Args:
        has_created: tells that of a Workspace's SID; without it any Workspace will do, as in an emulator of one's own.

    Raises:
        NotAWorkflow: it is something else.
        NotOwnWorkflow: the Workspace is somebody's who may depend on its callbacks.
    """
    from twilio.rest.taskrouter.v1.workspace.workflow import WorkflowInstance

    if not isinstance(given, WorkflowInstance):
        raise NotAWorkflow(given)
    if has_created is not None and not has_created(str(given.workspace_sid)):
        raise NotOwnWorkflow(str(given.friendly_name))


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
