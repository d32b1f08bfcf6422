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
            f"The listener can't use port {port}. Another program uses it, the system reserves it, or it isn't a "
            "port (1 to 65535). Leave out `port`, and the listener chooses a free one. With `public_url`, point the "
            "tunnel to a different port and pass that one."
        )
        self.port = port


class CannotListen(ListenerError):
    """Error for a ``port`` that is free, or may be, and at which the listener still can't listen."""

    def __init__(self, port: int, reason: str) -> None:
        super().__init__(
            f"The listener can't use port {port} on 127.0.0.1: {reason}. Fix this, then run the cell again."
        )
        self.port = port


class ListenerStopped(ListenerError):
    """Error for a stopped listener; ``asked_for`` needs a running one."""

    def __init__(self, asked_for: str) -> None:
        super().__init__(
            f"{asked_for} needs a running listener, but this one is stopped. Run `listener.start()`, or run the "
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
            "The listener has no Auth Token to check signatures with, so it would reject every request from outside. "
            "Run `listener = connection.listen()`, which gives it the account's Auth Token. Then run the cell again."
        )


class NotPublic(ListenerError):
    """Error for sharing what only a public URL can be shared by."""

    def __init__(self) -> None:
        super().__init__("This listener has no public URL. Run `listener.expose()`, then run this cell again.")


class NotAWorkflow(ListenerError):
    """Error for exposing a listener to ``given``, which isn't a Workflow."""

    def __init__(self, given: object) -> None:
        super().__init__(
            f"You passed {kind(given)} to expose(). Its first argument is the Workflow that should call this "
            "listener, for example `workspace.workflows(workflow_sid).fetch()`. Pass ngrok's token as "
            "`auth_token=…`."
        )


class NotOwnWorkflow(ListenerError):
    """Error for exposing a listener to a Workflow that this kernel didn't create; ``name`` is its friendly name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Workflow “{one_line(name)}” is in a Workspace that this kernel didn't create, so expose() doesn't "
            "change it: an application may depend on its callbacks. Run the `catch_up` cell again, which creates a "
            "Workflow for you. If you want this Workflow to call your listener, run `listener.expose()`, then "
            "`workflow.update(assignment_callback_url=listener.assignment_url)`."
        )


class NotADecision(ListenerError):
    """Error for an argument of ``decide`` that can't answer an assignment callback."""

    def __init__(self, given: str) -> None:
        super().__init__(
            f"You passed {given} to decide(). Pass the function itself, without parentheses: "
            "`listener.decide(my_function)`. It takes one argument, the callback: `def my_function(callback): ...`."
        )
        self.given = given


class NotReplayable(ListenerError):
    """Error for replaying ``given``, which isn't a received request, or didn't arrive in full."""

    def __init__(self, given: object) -> None:
        number = getattr(given, "number", None)
        seen = f"You passed {kind(given)} to `replay`, but it needs a request"
        if number is not None:
            seen = f"Request {number} was rejected before all of it arrived, so it can't be sent again"
        super().__init__(f"{seen}. Choose a complete request from the inbox, for example `listener.inbox.last`.")
        self.given = given


class NotSelectable(ListenerError):
    """Error for searching the inbox by a parameter ``name`` whose value isn't text, or that is a misspelled timeout."""

    def __init__(self, name: str, value: object) -> None:
        if name.startswith("timeout"):
            rule = "`wait` would look for it among the requests' parameters. To limit the wait, write `timeout=5`."
        else:
            instead = "Pass its SID, `.sid`." if hasattr(value, "sid") else "Write it in quotes."
            rule = f"a request's parameters are text, but this is {kind(value)}. {instead}"
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
        seen = "The inbox has: " + "; ".join(came) + "." if came else "The inbox has nothing else."
        if trouble is not None:
            told, next_step = f"Stopped waiting for {awaited}: {trouble}", MEND_TUNNEL
        elif timeout_seconds is None:
            told = f"Didn't wait for {awaited}: while this cell runs, nothing else in the page can send anything."
        else:
            told = f"Waited {timeout_seconds:g} s for {awaited}, but it didn't arrive."
        super().__init__(f"{told} {seen} {next_step}")
        self.awaited = awaited
        self.came = tuple(came)
        self.timeout_seconds = timeout_seconds
        self.trouble = trouble
