"""Functions that show the lifecycle strip, tables, requests and the wire, each also as text."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.emulator.display.views.sdk_shapes import (
    AlertLike,
    DeliveryLike,
    ExchangeLike,
    InboxLike,
    ReceivedLike,
    ReservationLike,
    TaskLike,
    TaskQueueLike,
    WorkerLike,
)
from helpers.emulator.display.views.tables.alerts import alerts_view
from helpers.emulator.display.views.tables.deliveries import deliveries_view
from helpers.emulator.display.views.tables.reservations import reservations_view
from helpers.emulator.display.views.tables.task_queues import queues_view
from helpers.emulator.display.views.tables.tasks import tasks_view
from helpers.emulator.display.views.tables.workers import workers_view
from helpers.emulator.display.views.wire_view import wire_view
from helpers.output.arguments import check_each, check_inbox, check_one
from helpers.output.display import Display
from helpers.output.live import LiveLifecycle, LiveRequests, OneRequest, Replay, requests_of

__all__ = [
    "Display",
    "LiveLifecycle",
    "LiveRequests",
    "lifecycle",
    "show_alerts",
    "show_console",
    "show_deliveries",
    "show_queues",
    "show_request",
    "show_requests",
    "show_reservations",
    "show_tasks",
    "show_wire",
    "show_workers",
]


def lifecycle(task: TaskLike | None, reservations: Iterable[ReservationLike] = ()) -> LiveLifecycle:
    """Show the stage of ``task`` among the five stages; ``update`` of the result shows a later one."""
    shown = None if task is None else check_one("Task", task)
    return LiveLifecycle(shown, check_each("Reservation", reservations))


def show_console(workspace: object) -> Display:
    """Show a Workspace with everything in it; the view updates, and its controls make the SDK calls they show.

    Args:
        workspace: a context or instance of the SDK, or a SID.

    Raises:
        NotShowable: it is none of these.
    """
    from helpers.connection import connect  # here, because the other views need no connection
    from helpers.console.workspace_console import console_of

    return console_of(connect(), workspace)


def show_workers(workers: Iterable[WorkerLike]) -> Display:
    """Show Workers as a table."""
    return Display(workers_view(check_each("Worker", workers)))


def show_tasks(tasks: Iterable[TaskLike]) -> Display:
    """Show Tasks as a table."""
    return Display(tasks_view(check_each("Task", tasks)))


def show_reservations(reservations: Iterable[ReservationLike]) -> Display:
    """Show the Reservations of a Task or of a Worker as a table."""
    return Display(reservations_view(check_each("Reservation", reservations)))


def show_queues(queues: Iterable[TaskQueueLike]) -> Display:
    """Show TaskQueues as a table."""
    return Display(queues_view(check_each("TaskQueue", queues)))


def show_alerts(alerts: Iterable[AlertLike]) -> Display:
    """Show alerts, those that are alike as one row; ``connection.emulator.alerts()`` returns them."""
    return Display(alerts_view(check_each("alert", alerts)))


def show_deliveries(deliveries: Iterable[DeliveryLike]) -> Display:
    """Show callbacks with what came back, those that are alike as one row, as ``connection.emulator`` returns them."""
    return Display(deliveries_view(check_each("delivery", deliveries)))


def show_request(received: ReceivedLike, replay: Replay | None = None) -> Display:
    """Show one received request in full; ``replay=listener.replay`` adds a button that sends it again."""
    return OneRequest(check_one("received request", received), replay)


def show_requests(inbox: InboxLike, replay: Replay | None = None) -> LiveRequests:
    """Show the requests in the listener's inbox, and each new one as it arrives; an inbox has one such display.

    Raises:
        NotShowable: ``inbox`` isn't an inbox.
    """
    return requests_of(check_inbox(inbox), replay)


def show_wire(exchanges: Iterable[ExchangeLike]) -> Display:
    """Show the SDK's requests and responses, each request also as a curl command without the Auth Token."""
    return Display(wire_view(check_each("exchange", exchanges)))
