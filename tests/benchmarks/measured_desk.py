"""A desk to measure at."""

from __future__ import annotations

from typing import Any

from twilio.rest import Client

from tests.worlds.desk import AlicesDesk

__all__ = ["MeasuredDesk"]


class MeasuredDesk(AlicesDesk):
    """A desk with one Task that waits for Alice; ``tasks_path`` is where Tasks are created."""

    def __init__(self, client: Client, **workflow: Any) -> None:
        super().__init__(client, **workflow)
        self.tasks_path = f"/v1/Workspaces/{self.workspace_sid}/Tasks"
        self.task_sid = self.task().sid
