"""Statistics: counts and times from recorded events, and the figures of now.

Nothing is counted while it happens, so nothing can drift. The figures are defined in reference 9.3;
what it leaves open is decided here. Who asks adds SIDs, URLs and the window's ends.
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
