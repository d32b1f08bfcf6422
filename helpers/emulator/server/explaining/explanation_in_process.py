"""Explanation of what this process's emulator holds, read through the SDK without sockets."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from twilio.base.exceptions import TwilioException
from twilio.rest import Client

from ...api import create_app
from ...emulator import Emulator
from ...emulator_errors import ExplainProblem, WorkspaceChanged
from ...engine.model.refusals import Invalid
from ...explanations import Explanation, Spelling, explain
from ...sdk.http_client import InProcessHttpClient
from ...sdk.sdk_reading import is_gone
from .explainable import Explainable, NothingToExplain, NotReadable
from .http_spelling import HttpSpelling

__all__ = ["explain_in_process"]


def explain_in_process(
    emulator: Emulator,
    found: Explainable,
    attributes: Any,
    spelling: type[Spelling] | None,
    ask: Callable[[Coroutine[Any, Any, None]], None],
) -> Explanation:
    """Explain a resource of ``emulator``.

    The requests go to an application of their own, so that no fault strikes them and no log has them.

    Args:
        attributes: only with a Workflow: a dict or its JSON text.
        spelling: spelling of the code; None for readers over HTTP.
        ask: runs a request where the emulator's requests are answered.

    Raises:
        NothingToExplain: its Workspace was deleted meanwhile.
        Invalid: a Task can't have these attributes, or it isn't a Workflow.
        NotReadable: the Workspace changes too fast, or its file fails.
    """
    account = emulator.accounts[found.account_sid]
    client: Any = Client(
        account.sid, account.auth_token, http_client=InProcessHttpClient(create_app(emulator), run=ask)
    )
    workspace = client.taskrouter.v1.workspaces(found.workspace_sid)
    try:
        return explain(getattr(workspace, found.collection)(found.sid), attributes, spelling=spelling or HttpSpelling)
    except WorkspaceChanged as problem:
        raise NotReadable(str(problem)) from problem
    except ExplainProblem as problem:
        raise Invalid(str(problem)) from problem
    except TwilioException as error:
        if is_gone(error):
            raise NothingToExplain(found.sid, is_whole=True) from error
        raise NotReadable(f"The Workspace can't be read now: {error}") from error
