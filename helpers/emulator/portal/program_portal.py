"""Portal for programs: what a page gets through its socket and its requests, as calls."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import msgspec

from ..emulator_errors import EmulatorError
from .portal import Portal

__all__ = ["ProgramPortal"]

T = TypeVar("T")


class ProgramPortal:
    """Portal of the emulator at ``url``, for the account that it was started with.

    Args:
        run: runs a coroutine where the emulator runs, and returns its result.
    """

    def __init__(
        self, portal: Portal, account_sid: str, url: str, run: Callable[[Coroutine[Any, Any, Any]], Any]
    ) -> None:
        self.url = f"{url}/"
        """Address of the page, for a browser on this machine."""
        self._portal = portal
        self._account_sid = account_sid
        self._run = run

    def subscribe(self, workspace_sid: str | None, callback: Callable[[dict[str, Any]], object]) -> Callable[[], None]:
        """Call ``callback`` with the state of a Workspace and then with what changes; the function returned ends that.

        It is called where the emulator runs and must return at once; the messages have the shapes that ``Stream``
        lists, in plain values. None asks for the account's Workspaces alone.

        Raises:
            StoreFailed: the state can't be read.
            EmulatorGone: the emulator was stopped.
        """
        feed, take = self._portal.feed, lambda message: callback(message.body)
        end = self._call(lambda: feed.subscribe(self._account_sid, workspace_sid, take))

        def unsubscribe() -> None:
            with suppress(EmulatorError):  # of one that was stopped, which sends nothing any more
                self._call(end)

        return unsubscribe

    def ask(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer to a question about a Workspace, in plain values; ``error`` in it says what is wrong.

        Raises:
            EmulatorGone: the emulator was stopped.
        """
        answer: dict[str, Any] = self._run(self._portal.answer(self._account_sid, msgspec.json.encode(question)))
        return answer

    def requests(self, workspace_sid: str | None = None, *, after: int = 0) -> list[dict[str, Any]]:
        """Return the newest requests and callbacks, as :meth:`.RequestInspector.summaries` does.

        Raises:
            EmulatorGone: the emulator was stopped.
        """
        return self._call(lambda: self._portal.inspector.summaries(workspace_sid, after, account_sid=self._account_sid))

    def request(self, number: int) -> dict[str, Any]:
        """Return all that is known of a request or callback, as :meth:`.RequestInspector.detail` does.

        Raises:
            NotFound: the log has no such request, or keeps it no longer.
            EmulatorGone: the emulator was stopped.
        """
        return self._call(lambda: self._portal.inspector.detail(number, self._account_sid))

    def replay(self, number: int, form: Sequence[tuple[str, str]] | None = None, body: str | None = None) -> int:
        """Send a request or callback again, and return the number of the new one, as :meth:`.RequestInspector.replay`.

        Raises:
            NotFound: as for :meth:`request`.
            Invalid: it can't be sent like this.
            EmulatorGone: the emulator was stopped.
        """
        sent: int = self._run(self._portal.inspector.replay(number, form, body, self._account_sid))
        return sent

    def _call(self, function: Callable[[], T]) -> T:
        async def call() -> T:
            return function()

        result: T = self._run(call())
        return result
