"""Doubts about callbacks, as sentences for views: a tunnel that was lost, and a Workflow that leads elsewhere."""

from __future__ import annotations

from contextlib import suppress
from json import JSONDecodeError
from typing import Any
from urllib.parse import urlsplit

from twilio.base.exceptions import TwilioException

from helpers.callbacks.listener import current_listener
from helpers.callbacks.routes import ASSIGNMENT
from helpers.emulator.display.safe_text import one_line
from helpers.emulator.guard import is_loopback
from helpers.emulator.sdk.sdk_reading import fetch_or_none, other_world_of, workspace_of
from helpers.output.kernel_names import spell_listener

__all__ = ["tunnel_doubts", "workflow_doubts"]


def tunnel_doubts(inbox: object = None, *, asks: bool = True) -> tuple[str, ...]:
    """Return a sentence if this kernel's listener has lost its tunnel, else nothing; also for another's ``inbox``.

    Args:
        asks: False to tell only what is known: the tunnel's program can take a second to answer.
    """
    listener = current_listener()
    if listener is None or inbox not in (None, listener.inbox):
        return ()
    trouble = listener.tunnel_trouble() if asks else listener.known_tunnel_trouble
    if trouble is None:
        return ()
    return (f"{trouble} To open it again, run `{spell_listener()}.expose(workflow)`.",)


def workflow_doubts(given: object) -> tuple[str, ...]:
    """Return ``tunnel_doubts``, or a sentence if a tunnel is open and the Workflow of ``given`` leads elsewhere.

    The Workflow may rightly do so, to an application of the learner's. It is fetched only if a tunnel is open. Of a
    copy or a branch nothing is said, as it calls nobody.

    Args:
        given: a Task or Workflow of the SDK; of anything else nothing is known, nor of one that can't be fetched.
    """
    if other_world_of(given):
        return ()
    listener = current_listener()
    public_url = None if listener is None else listener.public_url
    if public_url is None:
        return tunnel_doubts()
    workflow = _workflow_of(given)
    here, is_local = public_url + ASSIGNMENT, _is_on_this_machine(public_url)
    url = None if workflow is None else workflow.assignment_callback_url
    if workflow is None or url == here or (is_local and _is_on_this_machine(url)):
        return ()
    name = f'The Workflow "{one_line(workflow.friendly_name)}"'
    seen = f"has the assignment_callback_url {one_line(url)}" if url else "has no assignment_callback_url"
    shown = f"`{spell_listener()}.assignment_url`" if is_local else here  # its port is another one on each run
    return (
        f"{name} {seen}, but this notebook's listener is at {shown}. To change that, run "
        f"`{spell_listener()}.expose(workflow)`.",
    )


def _workflow_of(given: object) -> Any:
    # Imported here, because most kernels never open a tunnel.
    from twilio.rest.taskrouter.v1.workspace.task import TaskInstance
    from twilio.rest.taskrouter.v1.workspace.workflow import WorkflowInstance

    if isinstance(given, TaskInstance) and given.workflow_sid:
        with suppress(
            TwilioException, OSError, JSONDecodeError
        ):  # this is about something else: a doubt may be missing, never it
            return fetch_or_none(workspace_of(given).workflows(given.workflow_sid))
        return None
    return given if isinstance(given, WorkflowInstance) else None


def _is_on_this_machine(url: str | None) -> bool:
    """Return True for a URL such as a stand-in for a tunnel has, and an application beside it: each is reached."""
    try:
        return is_loopback(urlsplit(url or "").hostname or "")
    except ValueError:  # of a text that is no URL
        return False
