"""What learners see: the lifecycle strip, tables, requests and the wire, each also in words."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.emulator.display.views.sdk_shapes import (
    ExchangeLike,
    InboxLike,
    ReceivedLike,
    ReservationLike,
    TaskLike,
    TaskQueueLike,
    WorkerLike,
)
from helpers.emulator.display.views.tables.reservations import reservations_view
from helpers.emulator.display.views.tables.task_queues import queues_view
from helpers.emulator.display.views.tables.tasks import tasks_view
from helpers.emulator.display.views.tables.workers import workers_view
from helpers.emulator.display.views.wire_view import wire_view
from helpers.output.arguments import an_inbox, each_of, one_of
from helpers.output.display import Display
from helpers.output.live import LiveLifecycle, LiveRequests, OneRequest, Replay, requests_of

__all__ = [
    "Display",
    "LiveLifecycle",
    "LiveRequests",
    "lifecycle",
    "show_console",
    "show_queues",
    "show_request",
    "show_requests",
    "show_reservations",
    "show_tasks",
    "show_wire",
    "show_workers",
]


def lifecycle(task: TaskLike | None, reservations: Iterable[ReservationLike] = ()) -> LiveLifecycle:
    """Show where ``task`` stands in the five stages; its ``update`` moves the strip later."""
    shown = None if task is None else one_of("Task", task)
    return LiveLifecycle(shown, each_of("Reservation", reservations))


def show_console(workspace: object) -> Display:
    """Show a Workspace with everything in it, live, with controls that make the SDK calls they name.

    Args:
        workspace: as the SDK gives it, or its SID.

    Raises:
        NotShowable: it is neither.
    """
    from helpers.console.workspace_console import console_of  # the rest of the console needs no connection

    return console_of(workspace)


def show_workers(workers: Iterable[WorkerLike]) -> Display:
    """Show Workers as a table."""
    return Display(workers_view(each_of("Worker", workers)))


def show_tasks(tasks: Iterable[TaskLike]) -> Display:
    """Show Tasks as a table."""
    return Display(tasks_view(each_of("Task", tasks)))


def show_reservations(reservations: Iterable[ReservationLike]) -> Display:
    """Show the Reservations of a Task or of a Worker as a table."""
    return Display(reservations_view(each_of("Reservation", reservations)))


def show_queues(queues: Iterable[TaskQueueLike]) -> Display:
    """Show TaskQueues as a table."""
    return Display(queues_view(each_of("TaskQueue", queues)))


def show_request(received: ReceivedLike, replay: Replay | None = None) -> Display:
    """Show one received request in full; ``replay=listener.replay`` adds a button that sends it again."""
    return OneRequest(one_of("received request", received), replay)


def show_requests(inbox: InboxLike, replay: Replay | None = None) -> LiveRequests:
    """Show everything the listener received, and each new request as it arrives; one console for each inbox.

    Raises:
        NotShowable: ``inbox`` is none.
    """
    return requests_of(an_inbox(inbox), replay)


def show_wire(exchanges: Iterable[ExchangeLike]) -> Display:
    """Show what the SDK sent and got, each request also as a curl line without the Auth Token."""
    return Display(wire_view(each_of("exchange", exchanges)))
