"""Mistakes in one line of code, by the section of the troubleshooting page that has what is said about them.

Together they make every rule of `helpers/guide` speak that a notebook in local mode can meet.
"""

from __future__ import annotations

__all__ = ["MISTAKES", "SET_UP"]

SET_UP = """\
import json

from helpers import at, catch_up, check, connect, explain, predict, show_workers, tidy_up, wait_for
from twilio.rest import Client

connection = connect()
client = connection.client
story = catch_up(5)
workspace = client.taskrouter.v1.workspaces(story.workspace_sid)
[task] = workspace.tasks.list()
[reservation] = workspace.tasks(task.sid).reservations.list()
alice = workspace.workers(story.alice_sid).fetch()"""
"""Cell that makes the names below: lesson 5's start, at which Alice is offered a Spanish Task."""

_REQUESTS = (
    'workspace.tasks.create(attributes="es")',
    "workspace.tasks.create(attributes=\"{'lang': 'es'}\")",
    'workspace.tasks.create(attributes="[]")',
    'workspace.tasks.create({"lang": "es"})',
    'workspace.tasks.create(attributes="{}", priority="high")',
    'workspace.tasks.create(attributes="{}", timeout="1h")',
    'workspace.tasks.create(attributes="{}", workflow_sid="Customer Care Requests")',
    'workspace.tasks.create(attributes="{}", workflow_sid=story)',
    'workspace.tasks.create(attributes="{}", workflow_sid=story.bob_sid)',
    'workspace.tasks.create(attributes="{}", task_channel="fax")',
    'workspace.workers(alice.sid).update(activity_sid="WA" + 32 * "0")',
    'workspace.workers("Alice").fetch()',
    "workspace.workers(alice).fetch()",
    "workspace.workers(None).fetch()",
    "workspace.tasks(reservation.sid).fetch()",
    'workspace.tasks("WT" + 32 * "0").fetch()',
    "workspace.workers(story.bob_sid).reservations(reservation.sid).fetch()",
    'workspace.workers(alice.sid).worker_channels("fax").fetch()',
    'workspace.workers.create(friendly_name="")',
    'workspace.workers.create(friendly_name="alice")',
    'workspace.task_channels.create(friendly_name="Calls", unique_name="voice")',
    'workspace.task_queues.create(friendly_name="Q", target_workers="skill-level > 3")',
    'workspace.workflows.create(friendly_name="W", configuration="{}")',
    'workspace.workflows(story.workflow_sid).update(assignment_callback_url="example.com")',
    'task.update(assignment_status="complete")',
    'task.update(assignment_status="assigned")',
    'task.update(assignment_status="completed")',
    'task.update(task_channel="voice")',
    'task.update(priority=1, if_match="7")',
    'reservation.update("accept")',
    'reservation.update(reservation_status="canceled")',
    'reservation.update(reservation_status="completed")',
    "workspace.task_queues(story.spanish_queue_sid).delete()",
    "workspace.workflows(story.workflow_sid).delete()",
    'workspace.activities(story.activity_sids["Idle"]).delete()',
    'Client(client.username, "wrong", http_client=client.http_client).taskrouter.v1.workspaces.list()',
)
_SDK = (
    "task.status",
    "task.atributes",
    "task.complete()",
    "task.fetch.sid",
    "task.sid.assignment_status",
    "task.attributes.selected_language",
    'task.attributes["selected_language"]',
    'task.update(status="completed")',
    'task.update(reservation_status="accepted")',
    "task.reservations().list()",
    "reservation.accept()",
    'workspace.workers.create(name="Alice 2")',
    'workspace.workers(alice.sid).update(activity_name="Idle")',
    "workspace.workers(alice.sid).activity_name",
    "workspace.workers(alice.sid).list()",
    "workspace.workers.fetch()",
    'workspace.workers("Alice", "Bob")',
    "workspace.workers[0]",
    "workspace.workers.list[0]",
    "workspace.workers.list()[5]",
    "workspace.workers.list().friendly_name",
    'workspace.workers.list()["sid"]',
    'workspace.tasks.list(limit="5")',
    "sorted(workspace.workers.list())",
    "workspace.reservations",
    "client.workspaces",
    "story.workflow",
    'story["workflow_sid"]',
    'story.activity_sids["idle"]',
)
_PYTHON = (
    "taks.fetch()",
    "happy = true",
    "answer == 5",
    "workflow_sid",
    "show_timeline([])",
    "time.sleep(1)",
    "from helpers import show_task",
    "explain()",
    "answer = None; answer.sid",
    'answer = "Bob"; answer.reveal()',
    "json.loads(\"{'lang': 'es'}\")",
    "json.loads(task)",
    "json.loads({})",
    'json.loads(task.attributes)["lang"]',
    "json.dumps(alice)",
    'json.dumps({"languages", "es"})',
    'json.dumps({"languages", ["es"]})',
    'json.dumps({"lang": ...})',
    'alice.attributes["languages"] = []',
    "alice.sid + 1",
    "'1772701885' - '1772701873'",
    'def serve(sid): ...\ncheck("5.1", serve())',
)
_SYNTAX = (
    "answer = “es”",
    'answer = "es',
    'answer = json.dumps({"lang": "es"}',
    'answer = languages HAS "es"',
    'answer = "es" ...',
    'json.dumps("lang": "es")',
    'task.update("attributes"="{}")',
    "answer = task\n    .fetch()",
    "curl -sS http://localhost",
)
_SILENT = (
    "alice.available = False",
    "tidy_up",
    "task.fetch()",
    "workspace.workers",
    'workspace.workers("").fetch()',
    'workspace.workers.list("Alice")',
    'workspace.workers.list(activity_name="Idel")',
    "task.update()",
)

_HELPERS = (
    "explain(5)",
    "show_workers(task)",
    'predict(task, "Bob")',
    "predict(alice)",
    'wait_for("lunch", task)',
    'at("yesterday")',
    'connection.advance("60")',
    'connect("Live!")',
)

MISTAKES = {
    "refused": _REQUESTS,
    "sdk": _SDK,
    "python": _PYTHON,
    "syntax": _SYNTAX,
    "silent": _SILENT,
    "helpers": _HELPERS,
}
"""Lines of code by the id of their section's cell."""
