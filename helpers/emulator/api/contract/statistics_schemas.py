"""Schemas of the statistics: each property with its type (reference 9.2)."""

from __future__ import annotations

from .properties import DATE, LIST, MAYBE_OBJECT, OBJECT, OWNED, WHOLE, Schema, sid

__all__ = ["STATISTICS_SCHEMAS"]

_COUNTERS: Schema = dict.fromkeys(
    (
        "reservations_created",
        "reservations_accepted",
        "reservations_rejected",
        "reservations_timed_out",
        "reservations_canceled",
        "reservations_rescinded",
    ),
    WHOLE,
)
_WINDOW: Schema = {"start_time": DATE, "end_time": DATE}
_TASK_COUNTERS: Schema = dict.fromkeys(("tasks_canceled", "tasks_completed", "tasks_deleted", "tasks_moved"), WHOLE)
_CUMULATIVE: Schema = {
    **_WINDOW,
    **_COUNTERS,
    **_TASK_COUNTERS,
    "avg_task_acceptance_time": WHOLE,
    "wait_duration_until_accepted": OBJECT,
    "wait_duration_until_canceled": OBJECT,
    "split_by_wait_time": MAYBE_OBJECT,
}
_WAITING: Schema = {
    "longest_task_waiting_age": WHOLE,
    "longest_task_waiting_sid": sid("WT", is_nullable=True),
    "tasks_by_priority": OBJECT,
    "tasks_by_status": OBJECT,
    "total_tasks": WHOLE,
}
_ACTIVITIES: Schema = {"activity_statistics": LIST}
_BOTH: Schema = {"cumulative": OBJECT, "realtime": OBJECT}
_OF_WORKFLOW: Schema = {**OWNED, "workflow_sid": sid("WW")}
_OF_QUEUE: Schema = {**OWNED, "task_queue_sid": sid("WQ")}

STATISTICS_SCHEMAS: dict[str, Schema] = {
    "workspace_cumulative_statistics": {
        **OWNED,
        **_CUMULATIVE,
        "tasks_created": WHOLE,
        "tasks_timed_out_in_workflow": WHOLE,
    },
    "workspace_real_time_statistics": {**OWNED, **_WAITING, **_ACTIVITIES, "total_workers": WHOLE},
    "workspace_statistics": {**OWNED, **_BOTH},
    "workflow_cumulative_statistics": {
        **_OF_WORKFLOW,
        **_CUMULATIVE,
        "tasks_entered": WHOLE,
        "tasks_timed_out_in_workflow": WHOLE,
    },
    "workflow_real_time_statistics": {**_OF_WORKFLOW, **_WAITING},
    "workflow_statistics": {**_OF_WORKFLOW, **_BOTH},
    "task_queue_cumulative_statistics": {
        **_OF_QUEUE,
        **_CUMULATIVE,
        "tasks_entered": WHOLE,
        "wait_duration_in_queue_until_accepted": OBJECT,
    },
    "task_queue_real_time_statistics": {
        **_OF_QUEUE,
        **_WAITING,
        **_ACTIVITIES,
        "longest_relative_task_age_in_queue": WHOLE,
        "longest_relative_task_sid_in_queue": sid("WT", is_nullable=True),
        "total_available_workers": WHOLE,
        "total_eligible_workers": WHOLE,
    },
    "task_queue_statistics": {**_OF_QUEUE, **_BOTH},
    "task_queues_statistics": {name: each for name, each in {**_OF_QUEUE, **_BOTH}.items() if name != "url"},
    "task_queue_bulk_real_time_statistics": {
        **OWNED,
        "task_queue_data": LIST,
        "task_queue_response_count": WHOLE,
    },
    "worker_statistics": {**OWNED, **_BOTH},
    "workers_cumulative_statistics": {**OWNED, **_WINDOW, **_COUNTERS, "activity_durations": LIST},
    "workers_real_time_statistics": {**OWNED, **_ACTIVITIES, "total_workers": WHOLE},
    "worker_instance_statistics": {**OWNED, "worker_sid": sid("WK"), "cumulative": OBJECT},
}
"""Schemas by the names in ``Operation.returns``."""
