"""Protocols of the kernel's side of the portal's views: their connection, and sources of what they show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from helpers.callbacks.listener import Listener
from helpers.console.messages import Message
from helpers.settings import Mode
from helpers.wire import Wire

if TYPE_CHECKING:
    from requests import Response
    from twilio.rest import Client

    from helpers.emulator.server import RunningEmulator

__all__ = ["Kernel", "MessageSource"]


class Kernel(Protocol):
    """Connection of a kernel, as the views need it."""

    @property
    def client(self) -> Client: ...
    @property
    def mode(self) -> Mode: ...
    @property
    def base_url(self) -> str: ...
    @property
    def account_sid(self) -> str: ...
    @property
    def wire(self) -> Wire: ...
    @property
    def emulator(self) -> RunningEmulator | None: ...

    def advance(self, seconds: float) -> None: ...
    def administer(self, method: str, path: str, parameters: Mapping[str, object]) -> Response: ...
    def clock(self, workspace_sid: str) -> dict[str, Any] | None: ...
    def make_onlooker(self) -> Client: ...
    def listen(self) -> Listener: ...


class MessageSource(Protocol):
    """Source of the messages to one widget."""

    def take(self) -> list[Message]:
        """Return what is new since the last call; the first call's begins with the whole state.

        Raises:
            Exception: it can't be read; the text of a ``HelperError`` and of an error of the SDK is for learners.
        """
        ...

    def notes(self) -> list[str]:
        """Return sentences about what the messages leave out."""
        ...

    def interval(self) -> float | None:
        """Return the seconds between two looks, or None if each change is told to ``listen``."""
        ...

    def listen(self, wake: Callable[[], object]) -> None:
        """Call ``wake`` after each change from now on; it returns at once."""
        ...

    def watch(self, workspace_sid: str | None) -> None:
        """Begin again, with the whole state of this Workspace."""
        ...

    def ask(self, question: Mapping[str, Any]) -> Any:
        """Return the answer to a question of the portal, as ``POST /portal/try`` gives it."""
        ...

    def inspect(self, method: str, path: str, form: Mapping[str, Any]) -> tuple[int, Any]:
        """Return status and body of a request below ``/portal/requests``, which shows a request or sends it again."""
        ...

    def close(self) -> None:
        """End all that ``listen`` began."""
        ...
