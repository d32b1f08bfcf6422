"""Doubts about callbacks, as sentences for views: a tunnel that was lost, and a Workflow that leads elsewhere."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from helpers.callbacks.listener import Listener, current_listener
from helpers.emulator.display.safe_text import one_line
from helpers.emulator.guard import is_loopback
from helpers.emulator.sdk.sdk_reading import fetch_or_none, workspace_of
from helpers.output.kernel_names import spell_listener

__all__ = ["tunnel_doubts", "workflow_doubts"]


def tunnel_doubts(inbox: object = None) -> tuple[str, ...]:
    """Return a sentence if this kernel's listener has lost its tunnel, else nothing; also for another's ``inbox``."""
    listener = current_listener()
    trouble = None if listener is None or inbox not in (None, listener.inbox) else listener.tunnel_trouble()
    if trouble is None:
        return ()
    return (f"{trouble} To open it again, run `{spell_listener()}.expose(workflow)`.",)


def workflow_doubts(given: object) -> tuple[str, ...]:
    """Return ``tunnel_doubts``, or a sentence if a tunnel is open and the Workflow of ``given`` leads elsewhere.

    The Workflow may rightly do so, to an application of the learner's. It is fetched only if a tunnel is open.

    Args:
        given: a Task or Workflow of the SDK; of anything else nothing is known.

    Raises:
        TwilioException: a request was refused.
    """
    listener = current_listener()
    if listener is None or listener.public_url is None:
        return tunnel_doubts()
    workflow = _workflow_of(given)
    if workflow is None or _arrives(workflow.assignment_callback_url, listener):
        return ()
    name = f'The Workflow "{one_line(workflow.friendly_name)}"'
    url = workflow.assignment_callback_url
    seen = (
        f"{name} has the assignment_callback_url {one_line(url)}" if url else f"{name} has no assignment_callback_url"
    )
    answers = f"this notebook's listener answers at {listener.assignment_url}"
    return (f"{seen}, and {answers}. To lead it there, run `{spell_listener()}.expose(workflow)`.",)


def _workflow_of(given: object) -> Any:
    # Imported here, because most kernels never open a tunnel.
    from twilio.rest.taskrouter.v1.workspace.task import TaskInstance
    from twilio.rest.taskrouter.v1.workspace.workflow import WorkflowInstance

    if isinstance(given, TaskInstance) and given.workflow_sid:
        return fetch_or_none(workspace_of(given).workflows(given.workflow_sid))
    return given if isinstance(given, WorkflowInstance) else None


def _arrives(url: str | None, listener: Listener) -> bool:
    """Return True if ``url`` is the listener's public one, or on this machine, as in local mode the public one is."""
    hosts = [urlsplit(each or "").hostname or "" for each in (url, listener.public_url)]
    return url == listener.assignment_url or all(map(is_loopback, hosts))
