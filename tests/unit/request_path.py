"""Way of a request; ``python -m tests.unit.request_path`` prints functions of `helpers` in order of first call."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Any

HELPERS = Path(__file__).resolve().parents[2] / "helpers"


def follow() -> list[tuple[str, str]]:
    """Create a Spanish Task that Alice gets, and return module and function of all that is called, in order.

    To be run in a process of its own: it must be there before the threads are that it follows.
    """
    order: dict[tuple[str, str], None] = {}
    follows = False

    def note(frame: FrameType, event: str, arg: object) -> None:
        code = frame.f_code
        if follows and event == "call" and code.co_filename.startswith(str(HELPERS)):
            order.setdefault((Path(code.co_filename).relative_to(HELPERS).as_posix(), code.co_qualname))

    threading.setprofile(note)
    sys.setprofile(note)
    from helpers import connect  # only now: its threads are to be followed

    listener = connect().listen()
    listener.decide(lambda callback: {"instruction": "accept"})
    workspace, attributes = _build(listener.url)
    follows = True
    workspace.tasks.create(attributes=json.dumps(attributes))
    workspace.tasks.list()  # waits until the callback is answered
    follows = False
    sys.setprofile(None)
    return list(order)


def _build(listener_url: str) -> tuple[Any, dict[str, str]]:
    """Return a Workspace in which Alice is available, and attributes of a Task for her."""
    from helpers import connect

    workspaces = connect().client.taskrouter.v1.workspaces
    workspace = workspaces(workspaces.create(friendly_name="Followed").sid)
    available = next(each for each in workspace.activities.list() if each.available)
    queue = workspace.task_queues.create(friendly_name="Spanish", target_workers='languages HAS "es"')
    spanish = {"expression": 'selected_language == "es"', "targets": [{"queue": queue.sid}]}
    workspace.workflows.create(
        friendly_name="Support",
        configuration=json.dumps({"task_routing": {"filters": [spanish]}}),
        assignment_callback_url=f"{listener_url}/assignment_callback",
    )
    workspace.workers.create(friendly_name="Alice", attributes='{"languages": ["es"]}', activity_sid=available.sid)
    return workspace, {"selected_language": "es"}


if __name__ == "__main__":
    for module, function in follow():
        print(module, function)
