"""The shop's own route: each request to ``/create_task`` creates a Task."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twilio.base.exceptions import TwilioRestException

from helpers.ground.message import Parameters, Reply, Request, json_reply, refusal

if TYPE_CHECKING:
    from twilio.rest import Client

__all__ = ["TaskMaker", "create_task"]

_DEFAULT_LANGUAGE = "es"
"""Language of the quickstart's Task."""


@dataclass(frozen=True, repr=False)
class TaskMaker:
    """Workflow that gets the Tasks, and the SDK client that creates them."""

    client: Client
    workspace_sid: str
    workflow_sid: str

    def create(self, attributes: str) -> str:
        """Create a Task with ``attributes``, which is JSON text, and return its SID."""
        tasks = self.client.taskrouter.v1.workspaces(self.workspace_sid).tasks
        return str(tasks.create(attributes=attributes, workflow_sid=self.workflow_sid).sid)


def create_task(
    maker: TaskMaker | None,
    request: Request,
    parameters: Parameters,
    settle: Callable[[], object] | None = None,
) -> Reply:
    """Create a Task and reply ``{"task_sid": "WT…"}``, or reply with the error and the next step.

    The parameter ``attributes`` (JSON text) is used as it is. Without it the attributes are ``selected_language``,
    "es" by default. ``settle`` is called before the Task is created.
    """
    if maker is None:
        return refusal(
            409,
            "/create_task doesn't know the Workflow yet. First run the cell with `listener.create_tasks_with(client, "
            "workspace_sid, workflow_sid)`.",
        )
    if request.raw and (not request.is_form or request.raw.lstrip()[:1] in (b"{", b"[", b"<")):
        return refusal(
            415,
            "/create_task reads form parameters, but this body isn't a form. Send `selected_language=es` with "
            "Content-Type application/x-www-form-urlencoded, as `curl -d` does.",
        )
    if settle is not None:
        settle()
    try:
        return json_reply(200, {"task_sid": maker.create(_attributes(parameters))})
    except TwilioRestException as error:
        answer = {"message": error.msg, "code": error.code}
        return json_reply(error.status, answer, f"TaskRouter rejected the Task: {error.msg} (code {error.code}).")
    except Exception as error:  # no network, say; its text may hold URLs, so only its class is named
        message = f"The Task couldn't be created: {type(error).__name__} on the way to the API."
        return json_reply(502, {"message": message}, message)


def _attributes(parameters: Parameters) -> str:
    given = _first(parameters, "attributes")
    if given is not None:
        return given
    language = _first(parameters, "selected_language")
    return json.dumps({"selected_language": _DEFAULT_LANGUAGE if language is None else language})


def _first(parameters: Parameters, name: str) -> str | None:
    value = parameters.get(name)
    return value[0] if isinstance(value, list) else value
