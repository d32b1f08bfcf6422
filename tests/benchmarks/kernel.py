"""What a learner's kernel sees, in a process as fresh as theirs: prints JSON with seconds and milliseconds."""

from __future__ import annotations

import json
import sys
import time
from statistics import median

import requests

from helpers import connect
from helpers.lessons import story

__all__ = ["main"]


def main(times: int) -> None:
    """``connect`` in seconds; ``idle`` (set Idle to inbox) and ``call`` (one plain call) in milliseconds."""
    started = time.perf_counter()
    connection = connect()
    client = connection.client
    # Not by the SDK, which first imports half of itself.
    url, login = f"{connection.base_url}/v1/Workspaces", (client.username, client.password)
    requests.get(url, auth=login, timeout=10).raise_for_status()
    ready = time.perf_counter() - started
    world = story.build(client)
    listener = connection.listen()
    workspace = story.workspace_of(client, world)
    workspace.workflows(world.workflow_sid).update(assignment_callback_url=listener.assignment_url)
    idle, call = [], []
    for _ in range(times):
        task = workspace.tasks.create(workflow_sid=world.workflow_sid, attributes='{"selected_language": "es"}')
        started = time.perf_counter()
        workspace.workers(world.alice_sid).update(activity_sid=world.activity_sids["Idle"])
        listener.inbox.wait(path="/assignment_callback", TaskSid=task.sid)
        idle.append(time.perf_counter() - started)
        started = time.perf_counter()
        workspace.tasks(task.sid).fetch()
        call.append(time.perf_counter() - started)
        task.update(assignment_status="canceled")
        workspace.workers(world.alice_sid).update(activity_sid=world.activity_sids["Offline"])
    print(json.dumps({"connect": ready, "idle": median(idle) * 1000, "call": median(call) * 1000}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
