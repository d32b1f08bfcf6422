"""Arrival of a Task's assignment callback; one that can't come is built from what the API says."""

from __future__ import annotations

from typing import Any

from helpers.callbacks import Received
from helpers.callbacks.routes import ASSIGNMENT
from helpers.connection import Connection
from helpers.emulator.sdk.sdk_reading import fetch_or_none
from helpers.waiting.expectations import Offered
from helpers.waiting.task_watch import TaskWatch

__all__ = ["Arrival"]


class Arrival(Offered):
    """Assignment callback of the watched Task's newest Reservation, in the listener's inbox."""

    AWAITED = "the assignment callback of {task}"

    def __init__(self, watch: TaskWatch, connection: Connection) -> None:
        super().__init__(watch, connection)
        self._listener = connection.listen()
        self._wrong_url: str | None = None
        self._tried = 0

    def is_met(self) -> bool:
        """Return True if the callback is here, for good. If none can come, build it once there is a Reservation.

        Raises:
            TunnelLost: none can come, because the tunnel has ended.
        """
        if self.received is not None:
            return True
        offered = self.watch.offered
        of_offered = {} if offered is None else {"ReservationSid": offered.sid}
        arrived = self._listener.inbox.select(path=ASSIGNMENT, TaskSid=self.watch.sid, **of_offered)
        if not arrived and not self._connection.callback_url and offered is not None:
            arrived = self._rehearse(offered)
        self.received = arrived[-1] if arrived else None
        return self.received is not None

    def is_vain(self) -> bool:
        """Return True if nobody can get the Task, or if there is a Reservation and its Workflow calls elsewhere."""
        if self.watch.offered is None or not self._connection.callback_url:
            return super().is_vain()
        if self._wrong_url is None:
            self._wrong_url = self._compare_urls()
        return bool(self._wrong_url)

    def advise(self) -> str:
        """Return why there is no callback, as far as that can be seen."""
        if self.watch.offered is None or not self._connection.callback_url:
            return super().advise()
        came = "; ".join(self._listener.inbox.summary()) or "nothing"
        right = "The Workflow's assignment_callback_url is the listener's. Run `explain(task)` to find out more."
        return f"The inbox has: {came}. {self._wrong_url or right}"

    def _compare_urls(self) -> str:
        """Return a sentence if the Workflow doesn't lead here, else an empty text."""
        context = self.watch.workspace.workflows(self.watch.task.workflow_sid)
        workflow = self.watch.attempt(lambda: fetch_or_none(context))
        if workflow is None:
            return ""
        if not workflow.assignment_callback_url:
            return (
                "The Workflow has no assignment_callback_url, so TaskRouter sends none: update the Workflow with "
                "`assignment_callback_url=connection.callback_url`. It is sent for the next Reservation."
            )
        if workflow.assignment_callback_url != self._listener.assignment_url:
            return (
                "The Workflow's assignment_callback_url isn't `listener.assignment_url`, so TaskRouter calls another "
                "address: update the Workflow. It calls here for the next Reservation."
            )
        return ""

    def _rehearse(self, reservation: Any) -> list[Received]:
        """Build the Reservation's callback and let the listener answer it; after trouble try again at the next look."""
        if self._tried == self.watch.looks:
            return []
        self._tried = self.watch.looks
        worker = self.watch.attempt(self.watch.workspace.workers(reservation.worker_sid).fetch)
        return [] if worker is None else [self._listener.rehearse(self._build(reservation, worker))]

    def _build(self, reservation: Any, worker: Any) -> dict[str, str]:
        """Return the parameters of the Reservation's callback, in TaskRouter's order (reference 7.1a)."""
        task = self.watch.task
        age = reservation.date_created - task.date_created
        return {
            "AccountSid": task.account_sid,
            "WorkspaceSid": task.workspace_sid,
            "WorkflowSid": task.workflow_sid,
            "TaskQueueSid": task.task_queue_sid,
            "TaskSid": task.sid,
            "TaskAttributes": _escape_slashes(task.attributes),
            "TaskAge": str(int(age.total_seconds())),
            "TaskPriority": str(task.priority),
            "WorkerSid": worker.sid,
            "WorkerAttributes": _escape_slashes(worker.attributes),
            "ReservationSid": reservation.sid,
        }


def _escape_slashes(attributes: str) -> str:
    """Return attributes as callbacks carry them (reference 1.6b)."""
    return attributes.replace("/", "\\/")
