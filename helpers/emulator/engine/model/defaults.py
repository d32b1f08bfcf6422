"""TaskRouter's default values (reference 2.1, 2.2), each of them once.

Records, commands, seeds, the support matrix, the API description and ``explain`` read them here.
"""

from __future__ import annotations

__all__ = [
    "ACTIVITIES",
    "ACTIVITY_AVAILABLE",
    "ATTRIBUTES",
    "CAPACITY",
    "CHANNEL_AVAILABLE",
    "MAX_RESERVED_WORKERS",
    "MULTI_TASK_ENABLED",
    "PRIORITIZE_QUEUE_ORDER",
    "PRIORITY",
    "RESERVATION_TIMEOUT",
    "SAMPLE_QUEUE",
    "SAMPLE_WORKFLOW",
    "TARGET_WORKERS",
    "TASK_CHANNEL",
    "TASK_CHANNELS",
    "TASK_ORDER",
    "TASK_TIMEOUT",
    "TEMPLATE",
]

# -- Workspace ---------------------------------------------------------------------------------

MULTI_TASK_ENABLED = True
PRIORITIZE_QUEUE_ORDER = "FIFO"
TEMPLATE = "NONE"

ACTIVITIES = (("Offline", False), ("Available", True), ("Unavailable", False))
"""Name and ``available`` of a new Workspace's Activities, in this order, unless its template is ``EMPTY``. The first is
its default and timeout Activity."""

TASK_CHANNELS = ("default", "voice", "sms", "chat", "video")
"""Unique names of a new Workspace's TaskChannels."""

SAMPLE_QUEUE = "Sample Queue"
SAMPLE_WORKFLOW = "Default Fifo Workflow"
"""Names of the two resources that the template ``FIFO`` adds."""

# -- Activity, TaskQueue, Workflow --------------------------------------------------------------

ACTIVITY_AVAILABLE = False

TARGET_WORKERS = "1==1"
"""Expression that matches every Worker."""
MAX_RESERVED_WORKERS = 1
TASK_ORDER = "FIFO"

RESERVATION_TIMEOUT = 120
"""Seconds; used for Tasks without a Workflow, too."""

# -- Worker, Task ------------------------------------------------------------------------------

ATTRIBUTES = "{}"
CAPACITY = 1
"""Number of Tasks at once on each channel of a new Worker."""
CHANNEL_AVAILABLE = True

TASK_CHANNEL = TASK_CHANNELS[0]
"""Unique name; this channel cannot be deleted."""
PRIORITY = 0
TASK_TIMEOUT = 86_400
"""Seconds from the creation of a Task until it is canceled if nobody accepts it."""
