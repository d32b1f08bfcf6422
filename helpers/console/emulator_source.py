"""Source of the portal's views in a cell: the emulator in this kernel, which tells each change itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from helpers.console.kernel_side import Kernel
from helpers.console.messages import Message
from helpers.emulator.server import RunningEmulator

__all__ = ["EmulatorSource"]


class EmulatorSource:
    """Source that passes on the messages of the emulator's portal.

    Args:
        kernel: connection to ``emulator``.
        workspace_sid: Workspace to begin with; None for the list of Workspaces alone.
    """

    def __init__(self, kernel: Kernel, emulator: RunningEmulator, workspace_sid: str | None) -> None:
        self._kernel = kernel
        self._portal = emulator.portal
        self._arrived: deque[Message] = deque()
        self._wake: Callable[[], object] = lambda: None
        self._unsubscribe = self._portal.subscribe(workspace_sid, self._arrive)

    def take(self) -> list[Message]:
        """Return the messages that have arrived since the last call."""
        return [self._arrived.popleft() for _ in range(len(self._arrived))]

    def notes(self) -> list[str]:
        """Return nothing: the emulator tells all."""
        return []

    def interval(self) -> None:
        """Return None, because the emulator tells each change."""

    def listen(self, wake: Callable[[], object]) -> None:
        """Call ``wake`` when a message has arrived, on the emulator's thread."""
        self._wake = wake

    def watch(self, workspace_sid: str | None) -> None:
        """Begin again, with the whole state of this Workspace."""
        self._unsubscribe()
        self._arrived.clear()
        self._unsubscribe = self._portal.subscribe(workspace_sid, self._arrive)

    def ask(self, question: Mapping[str, Any]) -> Any:
        """Return the answer of the emulator, tried on a copy."""
        return self._portal.ask(question)

    def inspect(self, method: str, path: str, form: Mapping[str, Any]) -> tuple[int, Any]:
        """Return what the emulator's own log answers."""
        answered = self._kernel.administer(method, path, form)
        return answered.status_code, answered.json()

    def close(self) -> None:
        """Hear nothing more of the emulator."""
        self._unsubscribe()

    def _arrive(self, message: Message) -> None:
        self._arrived.append(message)
        self._wake()
