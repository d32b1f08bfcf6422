"""A workspace to measure in: Alice, who is Offline and speaks Spanish, and a Workflow that leads Tasks to her."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from twilio.rest import Client

__all__ = ["ATTRIBUTES", "Desk"]

ATTRIBUTES = '{"selected_language":"es"}'


@dataclass(frozen=True)
class Desk:
    """The workspace as the SDK sees it, and SIDs of what is in it."""

    workspace: Any
    sid: str
    workflow_sid: str
    task_queue_sid: str
    worker_sid: str
    offline_sid: str
    available_sid: str
    task_sid: str

    @classmethod
    def build(cls, client: Client, callback_url: str = "") -> Desk:
        """Make it through the SDK, with one Task that waits."""
        workspaces: Any = client.taskrouter.v1.workspaces
        sid = workspaces.create(friendly_name="Benchmarks").sid
        workspace = workspaces(sid)
        activities = {each.friendly_name: each.sid for each in workspace.activities.list()}
        worker = workspace.workers.create(friendly_name="Alice", attributes='{"languages":["es"]}')
        queue = workspace.task_queues.create(friendly_name="Spanish", target_workers='languages HAS "es"')
        url = {"assignment_callback_url": callback_url} if callback_url else {}
        workflow = workspace.workflows.create(friendly_name="Care", configuration=_configuration(queue.sid), **url)
        task = workspace.tasks.create(workflow_sid=workflow.sid, attributes=ATTRIBUTES)
        return cls(
            workspace=workspace,
            sid=sid,
            workflow_sid=workflow.sid,
            task_queue_sid=queue.sid,
            worker_sid=worker.sid,
            offline_sid=activities["Offline"],
            available_sid=activities["Available"],
            task_sid=task.sid,
        )

    @property
    def tasks_path(self) -> str:
        """Where Tasks are created."""
        return f"/v1/Workspaces/{self.sid}/Tasks"

    def create_task(self) -> Any:
        """A Task for Alice."""
        return self.workspace.tasks.create(workflow_sid=self.workflow_sid, attributes=ATTRIBUTES)

    def set_available(self, available: bool) -> None:
        """Move Alice."""
        self.workspace.workers(self.worker_sid).update(
            activity_sid=self.available_sid if available else self.offline_sid
        )


def _configuration(queue_sid: str) -> str:
    rule = {"expression": 'selected_language == "es"', "targets": [{"queue": queue_sid}]}
    return json.dumps({"task_routing": {"filters": [rule]}})
