"""Statistics: counts and times from recorded events, and the figures of now.

No counters are kept, so none can drift. The figures are defined in reference 9.3; what it leaves open is decided
here. The API adds SIDs, URLs and the ends of the window.
"""

from __future__ import annotations

from .cumulative import TASK_EVENTS, queue_cumulative, workflow_cumulative, workspace_cumulative
from .realtime import queue_realtime, workers_realtime, workflow_realtime, workspace_realtime
from .workers import WORKER_EVENTS, worker_cumulative, workers_cumulative

__all__ = [
    "TASK_EVENTS",
    "WORKER_EVENTS",
    "queue_cumulative",
    "queue_realtime",
    "worker_cumulative",
    "workers_cumulative",
    "workers_realtime",
    "workflow_cumulative",
    "workflow_realtime",
    "workspace_cumulative",
    "workspace_realtime",
]
