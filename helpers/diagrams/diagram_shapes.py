"""What the pictures read of the objects they are given, beyond what the console's views read."""

from __future__ import annotations

from typing import Protocol

from helpers.emulator.display.views.sdk_shapes import ExchangeLike, ReceivedLike

__all__ = ["ArrivalLike", "EventLike", "SentLike", "WorkflowLike"]


class SentLike(ExchangeLike, Protocol):
    """An exchange of the wire that knows when it was sent, and by which thread."""

    @property
    def began(self) -> int: ...
    @property
    def thread(self) -> int: ...


class ArrivalLike(ReceivedLike, Protocol):
    """A request of the inbox that knows when it was answered, and by which thread."""

    @property
    def began(self) -> int: ...
    @property
    def ended(self) -> int: ...
    @property
    def thread(self) -> int: ...


class EventLike(Protocol):
    """An Event; ``event_data`` holds texts by snake_case key."""

    @property
    def event_type(self) -> object: ...
    @property
    def event_date_ms(self) -> object: ...
    @property
    def event_data(self) -> object: ...


class WorkflowLike(Protocol):
    """A Workflow; ``configuration`` is JSON text."""

    @property
    def friendly_name(self) -> object: ...
    @property
    def configuration(self) -> object: ...
    @property
    def task_reservation_timeout(self) -> object: ...
