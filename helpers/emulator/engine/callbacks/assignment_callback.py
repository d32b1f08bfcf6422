"""Assignment callback: the request that tells an application about a Reservation (reference 7.1)."""

from __future__ import annotations

from ..event_data import escape_slashes, text
from ..model.changes import Callback
from ..model.resources import Reservation
from ..transaction import Transaction

__all__ = ["parameters", "send"]


def parameters(transaction: Transaction, reservation: Reservation) -> dict[str, str]:
    """Return the eleven fields of recorded callbacks; ``Timestamp`` was in none of them."""
    state = transaction.state
    task = state.tasks[reservation.task_sid]
    worker = state.workers[reservation.worker_sid]
    return {
        "AccountSid": reservation.account_sid,
        "WorkspaceSid": reservation.workspace_sid,
        "WorkflowSid": task.workflow_sid or "",
        "TaskQueueSid": reservation.task_queue_sid or "",
        "TaskSid": task.sid,
        "TaskAttributes": escape_slashes(task.attributes),
        "TaskAge": text((transaction.now - task.date_created) // 1000),
        "TaskPriority": text(task.priority),
        "WorkerSid": worker.sid,
        "WorkerAttributes": escape_slashes(worker.attributes),
        "ReservationSid": reservation.sid,
    }


def send(transaction: Transaction, reservation: Reservation) -> None:
    """Have a request sent to the Workflow's URL, if it has one; without it the Reservation just stays pending."""
    task = transaction.state.tasks[reservation.task_sid]
    workflow = transaction.state.workflows.get(task.workflow_sid or "")
    if workflow is None or not workflow.assignment_callback_url:
        return
    reservation.callback_due = True
    transaction.save(reservation, quietly=True)
    transaction.changes.callbacks.append(
        Callback(
            kind="assignment",
            sid=reservation.sid,
            account_sid=reservation.account_sid,
            workspace_sid=reservation.workspace_sid,
            url=workflow.assignment_callback_url,
            fallback_url=workflow.fallback_assignment_callback_url,
            parameters=parameters(transaction, reservation),
            reservation_sid=reservation.sid,
        )
    )
