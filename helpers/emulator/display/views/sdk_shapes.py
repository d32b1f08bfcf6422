"""Protocols of the objects that views read: instances of the ``twilio`` SDK, or any of the same shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

__all__ = [
    "AlertLike",
    "ArrivalLike",
    "AttemptLike",
    "CallbackLike",
    "DeliveryLike",
    "EventLike",
    "ExchangeLike",
    "InboxLike",
    "ReceivedLike",
    "ReservationLike",
    "SentLike",
    "TaskLike",
    "TaskQueueLike",
    "WorkerLike",
    "WorkflowLike",
]


class TaskLike(Protocol):
    """Task of the SDK; ``attributes`` is JSON text."""

    @property
    def sid(self) -> object: ...
    @property
    def assignment_status(self) -> object: ...
    @property
    def attributes(self) -> object: ...
    @property
    def priority(self) -> object: ...
    @property
    def reason(self) -> object: ...
    @property
    def task_queue_friendly_name(self) -> object: ...
    @property
    def task_channel_unique_name(self) -> object: ...


class ReservationLike(Protocol):
    """Reservation, read through its Task or its Worker."""

    @property
    def sid(self) -> object: ...
    @property
    def reservation_status(self) -> object: ...
    @property
    def task_sid(self) -> object: ...
    @property
    def worker_name(self) -> object: ...


class WorkerLike(Protocol):
    """Worker; ``available`` is that of its Activity."""

    @property
    def sid(self) -> object: ...
    @property
    def friendly_name(self) -> object: ...
    @property
    def activity_name(self) -> object: ...
    @property
    def available(self) -> object: ...
    @property
    def attributes(self) -> object: ...


class TaskQueueLike(Protocol):
    """TaskQueue; ``target_workers`` is the expression that matches its Workers."""

    @property
    def sid(self) -> object: ...
    @property
    def friendly_name(self) -> object: ...
    @property
    def target_workers(self) -> object: ...
    @property
    def task_order(self) -> object: ...
    @property
    def max_reserved_workers(self) -> object: ...


class EventLike(Protocol):
    """Event; ``event_data`` has text by snake_case key."""

    @property
    def event_type(self) -> object: ...
    @property
    def event_date_ms(self) -> object: ...
    @property
    def event_data(self) -> object: ...


class WorkflowLike(Protocol):
    """Workflow; ``configuration`` is JSON text."""

    @property
    def friendly_name(self) -> object: ...
    @property
    def configuration(self) -> object: ...
    @property
    def task_reservation_timeout(self) -> object: ...


class ReceivedLike(Protocol):
    """Request that the listener received, with its reply."""

    @property
    def number(self) -> int: ...
    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def query(self) -> str: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def raw(self) -> bytes: ...
    @property
    def parameters(self) -> Mapping[str, str | list[str]]: ...
    @property
    def status(self) -> int: ...
    @property
    def reply(self) -> bytes: ...
    @property
    def duration_ms(self) -> float: ...
    @property
    def signature(self) -> str: ...
    @property
    def refused(self) -> str | None: ...
    @property
    def hints(self) -> Sequence[str]: ...
    @property
    def complete(self) -> bool: ...
    @property
    def replay_of(self) -> int | None: ...
    @property
    def built_here(self) -> bool: ...
    @property
    def is_from_outside(self) -> bool: ...
    @property
    def repeats(self) -> int | None: ...


class InboxLike(Protocol):
    """Requests that the listener received, in order of arrival."""

    def __iter__(self) -> Iterator[ReceivedLike]: ...
    def subscribe(self, callback: Callable[[ReceivedLike], object], /) -> object: ...


class ExchangeLike(Protocol):
    """Request that the SDK sent to TaskRouter, with the response."""

    @property
    def number(self) -> int: ...
    @property
    def method(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def parameters(self) -> Sequence[tuple[str, str]]: ...
    @property
    def status(self) -> int: ...
    @property
    def body(self) -> str: ...
    @property
    def duration_ms(self) -> float: ...
    @property
    def account_sid(self) -> str: ...


class SentLike(ExchangeLike, Protocol):
    """Exchange of the wire with the mark and the thread of its request."""

    @property
    def began(self) -> int: ...
    @property
    def thread(self) -> int: ...


class ArrivalLike(ReceivedLike, Protocol):
    """Request of the inbox with the marks of its arrival and reply, its thread, and the name of its receiver."""

    @property
    def receiver(self) -> str: ...

    @property
    def began(self) -> int: ...
    @property
    def ended(self) -> int: ...
    @property
    def thread(self) -> int: ...


class AlertLike(Protocol):
    """Alert of the emulator, as Twilio's debugger would show it."""

    @property
    def code(self) -> object: ...
    @property
    def text(self) -> object: ...


class CallbackLike(Protocol):
    """Callback that was sent; ``kind`` is ``assignment``, ``event`` or ``status``."""

    @property
    def kind(self) -> str: ...
    @property
    def parameters(self) -> Mapping[str, str]: ...


class AttemptLike(Protocol):
    """Request for a callback; ``status`` is None if no reply came, and ``error`` then says why."""

    @property
    def status(self) -> int | None: ...
    @property
    def reply(self) -> str: ...
    @property
    def error(self) -> str | None: ...


class DeliveryLike(Protocol):
    """Callback with all its attempts; ``text`` says what was wrong, if anything was."""

    @property
    def callback(self) -> CallbackLike: ...
    @property
    def attempts(self) -> Sequence[AttemptLike]: ...
    @property
    def text(self) -> str | None: ...
