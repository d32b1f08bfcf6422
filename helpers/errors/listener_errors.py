"""Errors of the callback listener and its inbox."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.emulator.display.safe_text import one_line
from helpers.emulator.display.value_kinds import kind
from helpers.emulator.masking import shorten
from helpers.errors import HelperError
from helpers.errors.tunnel_errors import MEND_TUNNEL

__all__ = [
    "BadPublicUrl",
    "CannotListen",
    "ListenerError",
    "ListenerStopped",
    "NoAuthToken",
    "NotADecision",
    "NotAWorkflow",
    "NotOwnWorkflow",
    "NotPublic",
    "NotReplayable",
    "NotSelectable",
    "NothingArrived",
    "PortTaken",
]


class ListenerError(HelperError):
    """Error of the callback listener."""


class PortTaken(ListenerError):
    """Error for a ``port`` that the listener can't use."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"The listener cannot use port {port}: another program has it, the system reserves it, or it is no "
            "port (1 to 65535). Leave `port` out, and the listener takes a free one; with `public_url`, lead the "
            "tunnel to another port, and give that."
        )
        self.port = port


class CannotListen(ListenerError):
    """Error for a ``port`` that is free, or may be, and at which the listener still can't listen."""

    def __init__(self, port: int, reason: str) -> None:
        super().__init__(
            f"The listener cannot listen at port {port} of 127.0.0.1: {reason}. Put that right, then run the cell "
            "again."
        )
        self.port = port


class ListenerStopped(ListenerError):
    """Error for a stopped listener; ``asked_for`` needs a running one."""

    def __init__(self, asked_for: str) -> None:
        super().__init__(
            f"{asked_for} needs a running listener, and this one is stopped. Run `listener.start()`, or the "
            "set-up cell again."
        )
        self.asked_for = asked_for


class BadPublicUrl(ListenerError):
    """Error for a ``public_url`` of one's own at which Twilio can't reach the listener; ``rule`` says why."""

    def __init__(self, public_url: str, rule: str) -> None:
        super().__init__(f"public_url={shorten(public_url)!r} can't be used. {rule}")
        self.rule = rule


class NoAuthToken(ListenerError):
    """Error for opening a listener that has no auth token to the outside."""

    def __init__(self) -> None:
        super().__init__(
            "The listener has no auth token to check signatures with, so it could answer nobody outside. Run "
            "`listener = connection.listen()`, which gives it the account's, then the cell again."
        )


class NotPublic(ListenerError):
    """Error for sharing what only a public URL can be shared by."""

    def __init__(self) -> None:
        super().__init__(
            "There is no public URL that leads to this listener. Run `listener.expose()`, then the cell again."
        )


class NotAWorkflow(ListenerError):
    """Error for exposing a listener to ``given``, which isn't a Workflow."""

    def __init__(self, given: object) -> None:
        super().__init__(
            f"expose() got {kind(given)}. Its first argument is the Workflow whose callbacks come here, such as "
            "`workspace.workflows(workflow_sid).fetch()`; ngrok's token is `auth_token=…`."
        )


class NotOwnWorkflow(ListenerError):
    """Error for exposing a listener to a Workflow that this kernel didn't create; ``name`` is its friendly name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Workflow “{one_line(name)}” is in a Workspace that this kernel didn't create, so expose() leaves it as "
            "it is: an application may depend on its callbacks. Run the cell with `catch_up` again, which creates a "
            "Workflow for you. If you do want this one to call here, run `listener.expose()`, then "
            "`workflow.update(assignment_callback_url=listener.assignment_url)`."
        )


class NotADecision(ListenerError):
    """Error for an argument of ``decide`` that can't answer an assignment callback."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"decide() got {given}. It wants the function itself, taking one argument, the callback: write "
            "`listener.decide(my_function)` without calling it, and `def my_function(callback): ...`."
        )
        self.given = given


class NotReplayable(ListenerError):
    """Error for replaying ``given``, which isn't a received request, or didn't arrive in full."""

    def __init__(self, given: object) -> None:
        number = getattr(given, "number", None)
        seen = f"`replay` got {kind(given)}, and takes a request"
        if number is not None:
            seen = f"Request {number} was refused before all of it had arrived, so it cannot be sent again"
        super().__init__(f"{seen}. Choose one of the inbox that arrived complete, such as `listener.inbox.last`.")
        self.given = given


class NotSelectable(ListenerError):
    """Error for searching the inbox by a parameter ``name`` whose value isn't text, or that is a misspelled timeout."""

    def __init__(self, name: str, value: object) -> None:
        if name.startswith("timeout"):
            rule = "it would be looked for among the parameters of requests. To limit the wait, write `timeout=5`."
        else:
            instead = "Pass its SID, `.sid`." if hasattr(value, "sid") else "Write it in quotes."
            rule = f"the parameters of a request are text, and this is {kind(value)}. {instead}"
        super().__init__(f"`{name}`: {rule}")
        self.name = name


class NothingArrived(ListenerError):
    """Error for a wait on the inbox that timed out, or that was given up because nothing can arrive.

    ``awaited`` describes the expected request, ``came`` has a text for each kind of request in
    the inbox, ``timeout_seconds`` is the time limit, None if it was given up. ``trouble`` is the sentence that says why
    callbacks can't arrive any more, or None.
    """

    def __init__(
        self,
        awaited: str,
        came: Sequence[str],
        timeout_seconds: float | None,
        next_step: str,
        trouble: str | None = None,
    ) -> None:
        seen = "The inbox holds instead: " + "; ".join(came) + "." if came else "Nothing else is in the inbox."
        if trouble is not None:
            told, next_step = f"Stopped waiting for {awaited}: {trouble}", MEND_TUNNEL
        elif timeout_seconds is None:
            told = f"Did not wait for {awaited}: while this cell runs, nothing else in the page can send anything."
        else:
            told = f"Waited {timeout_seconds:g} s for {awaited}, in vain."
        super().__init__(f"{told} {seen} {next_step}")
        self.awaited = awaited
        self.came = tuple(came)
        self.timeout_seconds = timeout_seconds
        self.trouble = trouble
