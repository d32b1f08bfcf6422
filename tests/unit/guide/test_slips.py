"""Slips: what a learner types by mistake, run against the emulator, and what is said about it."""

from __future__ import annotations

import json

import pytest
import requests

import helpers
from helpers.guide import extension
from helpers.guide.slips.sdk_arguments import advise_on_call
from helpers.lessons import story
from tests.unit.guide.shells import run


@pytest.fixture
def cell(shell, kernel, world):
    """Runs a cell in the tutorial's world, in which Alice is offered a Spanish Task, and returns what is said."""
    extension.watch(kernel.wire)
    shell.user_ns.update(world)
    return lambda source: run(shell, source)


@pytest.fixture(scope="module")
def world(kernel):
    """The names that lesson 4 has; made once, since a slip changes nothing."""
    sids = story.build(kernel.client)
    workspace = story.workspace_of(kernel.client, sids)
    alice = workspace.workers(sids.alice_sid).update(activity_sid=sids.activity_sids["Idle"])
    task = workspace.tasks.create(workflow_sid=sids.workflow_sid, attributes=json.dumps({"selected_language": "es"}))
    reservation = workspace.tasks(task.sid).reservations.list()[0]
    names = {"connection": kernel, "client": kernel.client, "workspace": workspace, "story": sids, "json": json}
    imported = "catch_up", "check", "connect", "explain", "predict", "show_requests", "show_routing", "tidy_up"
    imported += "try_expression", "where_am_i"
    return {
        **names,
        **{name: getattr(helpers, name) for name in imported},
        "task": task,
        "alice": alice,
        "reservation": reservation,
        "sent": {"WorkspaceSid": sids.workspace_sid, "TaskSid": task.sid},
    }


CALLS = [
    ('workspace.workers(story.alice_sid).update(activity_name="Idle")', "Write `activity_sid` instead of"),
    ("workspace.workers(story.alice_sid).update(available=True)", 'activity_sid=story.activity_sids["Idle"]`'),
    ('workspace.workers.create(name="Carol")', "Write `friendly_name` instead of `name`."),
    ('workspace.workers.create(friendly_name="Carol", Attributes="{}")', "Write `attributes` instead of `Attributes`."),
    ('workspace.workers.list(name="Alice")', "Write `friendly_name` instead of `name`."),
    ('workspace.task_queues.create(friendly_name="Q", expression="1==1")', "Write `target_workers` instead of"),
    ('workspace.task_queues.create(target_workers="1==1")', "`create` needs `friendly_name=…`."),
    ('workspace.workflows.create(friendly_name="W", filters=[])', "Write `configuration` instead of `filters`."),
    ('task.update(status="completed")', "Write `assignment_status` instead of `status`."),
    ('task.update(reservation_status="accepted")', "A Task has no `reservation_status`, but its Reservations have"),
    ('reservation.update(assignment_status="accepted")', 'reservation.update(reservation_status="accepted")`'),
    ("workspace.workers(story.alice_sid).update(capacity=3)", '.worker_channels("chat").update(capacity=…)`.'),
    (
        "workspace.workflows(story.workflow_sid).update(max_reserved_workers=2)",
        "`max_reserved_workers` belongs to the TaskQueue",
    ),
    (
        'reservation.update(colour="red")',
        "`update` has the parameters if_match, reservation_status, worker_activity_sid",
    ),
    ("task.reservations().list()", "Put a SID into the parentheses"),
    ("explain()", "Write, for example, `explain(task)`."),
    ("explain(task=task)", "Write, for example, `explain(task)`."),
    ("explain(task, 3, 4)", "It takes fewer arguments, for example `explain(task)`."),
    ("catch_up()", "Write, for example, `catch_up(3)`."),
    ("try_expression()", "Write, for example, `try_expression('languages HAS \"es\"', workspace.workers.list())`."),
    ("where_am_i(4)", "It takes no arguments: `where_am_i()`."),
    ("connect(live=True)", "`connect` has the parameters mode."),
    ('connection.listen().replay(1, TaskPriority="7")', '(listener.inbox.last, {"TaskPriority": "7"})`.'),
    ("connection.listen(prot=80)", "Write `port` instead of `prot`."),
    ("json.dump({})", "`json.dumps(…)` returns text"),
    ("def serve(task_sid): ...\ncheck('5.1', serve())", "Leave out the parentheses: `check('5.1', serve)`."),
]

ATTRIBUTES = [
    ("reservation.accept()", '`reservation.update(reservation_status="accepted")`'),
    ("task.complete()", '`task.update(assignment_status="completed")`'),
    ("task.status", "A Task has `.assignment_status`."),
    ("task.atributes", "A Task has `.attributes`"),
    ("task.workflow", "A Task has `.workflow_friendly_name`."),
    ("workspace.workers(story.alice_sid).activity_name", "`.fetch()` returns has `.activity_name`"),
    ("workspace.workers(story.alice_sid).list()", "Leave out the SID in parentheses before it."),
    ("workspace.workers.fetch()", "Say which one: `(sid).fetch(…)`"),
    ("workspace.workers.list().friendly_name", "This is a list with 2 items. Take one item"),
    ("workspace.reservations", "Write `workspace.tasks(task_sid).reservations` or"),
    ("client.workspaces", "write `client.taskrouter.v1.workspaces`."),
    ("story.workflow", "Write `.workflow_sid`."),
    ("story.activity_sids.Idle", 'a dictionary with brackets: `["Idle"]`.'),
    ("task.fetch.sid", "`fetch` is a function. Call it with parentheses, and"),
    ("task.sid.assignment_status", "is a SID, which is a"),
    ("task.sid.sid", "the SID. Leave out `.sid`."),
    ("task.sid.update()", "`workspace.tasks(sid).update`."),
    ("settings = {}\nsettings.language = 'es'", 'a dictionary with brackets: `["language"] = …`.'),
    ("settings = {}\nsettings.language", 'a dictionary with brackets: `["key"]`.'),
    ("story.alice_sid = 'WK1'", "this value. Assign the new value to a variable of your own."),
    ("import helpers\nhelpers.show_task(task)", "Write `helpers.show_tasks`."),
    ("json.dmps({})", "Write `json.dumps`."),
    ("client.taskrouter.V1", "Write `.v1`, in lowercase."),
    ("client.Taskrouter", "Write `.taskrouter`, in lowercase."),
    ("workspace.tasks.reservations", "Say which one: `(sid).reservations`, with its SID in parentheses"),
    ("prediction = 'Bob'\nprediction.reveal()", "`prediction` is text and has no `.reveal`."),
    ("json.loads(task.attributes).selected_language", '`["selected_language"]`.'),
    ("task.attributes.selected_language", 'This is JSON text. Read it with `json.loads(…)["selected_language"]`.'),
]

VALUES = [
    ('task.attributes["selected_language"]', '`json.loads(task.attributes)["selected_language"]`.'),
    ("workspace.workers[0]", "`.list()` returns a list"),
    ("for w in workspace.workers: pass", "`.list()` returns a list"),
    ("len(workspace.workers)", "`.list()` returns a list"),
    ("workspace.workers.list[0]", "`.list()[0]`, not `.list[0]`."),
    ('workspace.workers.list()["sid"]', "Take one item first"),
    ("workspace.workers.list()[5]", "The list is shorter"),
    ("two = workspace.workers.list()\ntwo[2]", "`two` has 2 items. The last one is `two[1]`."),
    ("sorted(workspace.workers.list())", "Say what to sort by"),
    ("task.sid()", "Properties such as `.sid` have no parentheses."),
    ("task()", "This is already"),
    ('story.activity_sids("Idle")', 'Read it with brackets: `["key"]`.'),
    ('story["workflow_sid"]', "its properties with a dot. It has `.workspace_sid`"),
    ("json.loads(task)", "`json.loads(task.attributes)`."),
    ("json.loads({})", "Leave out `json.loads`"),
    ("json.loads(\"{'a': 1}\")", "stops being valid JSON before `'a': 1}`. JSON has double quotes"),
    ("json.dumps(alice)", "Pass its SID, `.sid`."),
    ('json.dumps({"languages", "es"})', "JSON has no sets"),
    ('json.dumps({"languages", ["es"]})', "between key and value, not a comma"),
    ('json.dumps({"selected_language": ...})', "three dots of an exercise"),
    ('workspace.tasks.list(limit="5")', "Write the number without quotes"),
    ('sent["workspace_sid"]', 'Write `sent["WorkspaceSid"]`.'),
    ('sent["Colour"]', "`sent` has WorkspaceSid, TaskSid."),
    ('story.activity_sids["idle"]', 'Write `story.activity_sids["Idle"]`.'),
    ('json.loads(task.attributes)["lang"]', "`json.loads(task.attributes)` has selected_language."),
    ('alice.attributes["languages"] = []', "a dictionary with `json.loads(…)`, change the dictionary, and send it"),
    ('sent["TaskSid"] + 1', "`int(…)` turns the text"),
    ('sent["TaskSid"] - sent["WorkspaceSid"]', "You can't calculate with text. `int(…)` turns the text into a number."),
    ("5 - '3'", "You can't calculate with text."),
    ("connection()", "This is already a Connection. Leave out the parentheses after it."),
    ('connection.listen().inbox.select(path="/x")[0]', "Fewer requests in the inbox match."),
    ('json.dumps(selected_language="es")', 'Write, for example, `json.dumps({"selected_language": "es"})`.'),
    ("from helpers import show_task", "Write `from helpers import show_tasks`."),
    (
        'from werkzeug.datastructures import EnvironHeaders\nEnvironHeaders({})["X-Twilio-Signature"]',
        "The request has no header X-Twilio-Signature.",
    ),
]

REFUSALS = [
    ('workspace.tasks.create(attributes="{}", priority="high")', "`priority` is a whole number"),
    ('workspace.tasks.create(attributes="{}", timeout="1h")', "a number of seconds: `timeout=3600`."),
    ('workspace.tasks.create(attributes="{}", timeout="20 minutes")', "a number of seconds: `timeout=1200`."),
    ('workspace.tasks.create({"selected_language": "es"})', "`tasks.create` is `timeout`."),
    ('workspace.tasks.create(attributes="es")', "TaskRouter received Attributes=es, which isn't JSON."),
    (
        'workspace.workflows.create(friendly_name="W", configuration=[{"expression": "1==1", "targets": []}])',
        "received Configuration=expression&Configuration=targets, which isn't JSON. If you passed a dict or a list",
    ),
    (
        'workspace.workers.create(friendly_name="C", attributes={"one two-three": 1, "b": 2, "c": 3, "d": 4})',
        "Attributes=one two-three&Attributes=b&Attributes=c&…, which isn't JSON",
    ),
    ('workspace.workers.create(friendly_name="Carol", attributes="[]")', "Attributes must be a JSON object"),
    ('workspace.tasks.create(attributes="{}", workflow_sid=alice)', "Pass its SID: `worker.sid`."),
    ('workspace.tasks.create(attributes="{}", task_channel="fax")', "`workspace.task_channels.list()` lists them."),
    ("workspace.task_queues(story.spanish_queue_sid).delete()", "when no Workflow uses it"),
    ("workspace.workflows(story.workflow_sid).delete()", "when it has no Tasks"),
    ('workspace.activities(story.activity_sids["Idle"]).delete()', "no Worker is in it"),
    ('workspace.activities(story.activity_sids["Offline"]).delete()', "`workspace.update(default_activity_sid=…, "),
    ('task.update(assignment_status="complete")', "Write `assignment_status='completed'`."),
    ('task.update(assignment_status="assigned")', "one of its Reservations"),
    ('reservation.update(reservation_status="ACCEPTED")', "Write `reservation_status='accepted'`."),
    ('reservation.update(reservation_status="completed")', "accept or reject a pending Reservation"),
    ('reservation.update(reservation_status="canceled")', "be accepted, rejected, wrapping, completed. TaskRouter"),
    ('reservation.update(reservation_status="cancel")', "be accepted, rejected, wrapping, completed. TaskRouter"),
    ('reservation.update("accept")', "'accept' was sent as the version you expect"),
    ('task.update(priority=1, if_match="7")', "It has changed since you fetched it."),
    ('workspace.tasks.list(assignment_status="waiting")', "Write `assignment_status='pending'`."),
    ("workspace.tasks(reservation.sid).fetch()", "is the SID of a Reservation, but here TaskRouter expects"),
    ("workspace.tasks(task.sid).reservations(task.sid).fetch()", "expects the SID of a Reservation (WR and"),
    ("workspace.tasks(task).fetch()", "Pass its SID: `task.sid`."),
    ("workspace.tasks(task).reservations.list()", "Pass its SID: `task.sid`."),
    ("workspace.tasks(task).reservations(reservation.sid).update()", "Pass its SID: `task.sid`."),
    ("workspace.tasks(None).fetch()", "You passed None instead"),
    (
        'workspace.task_queues.create(friendly_name="Q", target_workers=\'!(languages HAS "es")\')',
        "Don't use ! or NOT here",
    ),
    (
        'workspace.task_queues.create(friendly_name="Q", target_workers="skill-level > 3")',
        "A key can't contain a hyphen",
    ),
    ('workspace.workflows.create(friendly_name="W", configuration="{}")', '{"task_routing": {"filters": '),
    (
        'workspace.workflows(story.workflow_sid).update(assignment_callback_url="localhost:80")',
        "a complete URL with http:// or https://, for example `listener.assignment_url`.",
    ),
    (
        'workspace.update(event_callback_url="localhost:80")',
        "a complete URL with http:// or https://, for example `listener.events_url`.",
    ),
    (
        "show_routing(workspace.workflows(story.workflow_sid).fetch(), task)",
        "This view shows TaskQueues here, but you passed a Task. Write `show_routing(workflow, task=task)`.",
    ),
    ("show_routing(story.workflow_sid)", "This view shows a Workflow, but you passed text."),
    (
        "show_requests(connection)",
        "This view shows the requests of an inbox, but you passed a Connection. Pass, for example, `listener.inbox`",
    ),
    ('workspace.tasks(sent.get("Task")).reservations(reservation.sid).fetch()', "You passed None instead of a SID"),
    ('workspace.tasks.create(attributes="{}", workflow_sid=story)', "you passed a whole object: Story(workspace_sid=…"),
    ("workspace.workers(alice.sid).update(activity_sid=story.activity_sids)", "several values: the SDK"),
    ('workspace.workers(alice.sid).update(activity_sid=("WA1", "WA2"))', "of a list. Pass one SID."),
    ("workspace.workers(story).fetch()", "You passed a whole object instead of a SID: Story(workspace_sid=…."),
    ('task.update(task_channel="voice")', "a Task's TaskChannel only while the Task is pending."),
    ('workspace.workers(alice.sid).worker_channels("defualt").fetch()', "no channel called 'defualt', or"),
    ("workspace.workflows(story.workflow_sid).delete()", "when it has no Tasks"),
    ('workspace.activities(story.activity_sids["Idle"]).delete()', "1 Worker is in it"),
    ('connection.advance("10")', "`advance` needs a number of seconds, but you passed text."),
    ("connection.listen().replay(5)", "You passed a number to `replay`, but it needs a request."),
    ("connection.listen().inbox.wait(timeout_seconds=1)", "To limit the wait, write `timeout=5`."),
    (
        "connection.listen().inbox.select(TaskSid=task)",
        "a request's parameters are text, but this is a Task. Pass",
    ),
    ("connect(5)", "the mode is '5'."),
    ('import requests\nrequests.get("http://127.0.0.1:1/")', "No answer from 127.0.0.1:1 (ConnectionError)."),
]

NOWHERE = [
    ("workspaces(WS).fetch()", "There's no Workspace with this SID"),
    ("workspaces(WS).tasks.list()", "There's no Workspace with this SID"),
    ("workspaces(WS).tasks(task.sid).fetch()", "There's no Workspace with this SID"),
    ("workspaces(WS).workers(alice.sid).update(friendly_name='A')", "There's no Workspace with this SID"),
    ("workspaces(WS).tasks(task.sid).reservations(reservation.sid).fetch()", "There's no Workspace with this SID"),
    ("workspaces(story.workspace_sid).tasks(WT).fetch()", "There's no Task with this SID"),
    ("workspaces(story.workspace_sid).tasks(WT).reservations.list()", "There's no Task with this SID"),
    (
        "workspaces(story.workspace_sid).tasks(WT).reservations(reservation.sid).fetch()",
        "There's no Task with this SID",
    ),
    (
        "workspaces(story.workspace_sid).workers(WK).reservations(reservation.sid).fetch()",
        "There's no Worker with this SID",
    ),
    (
        "workspaces(story.workspace_sid).workers(WK).worker_channels('default').fetch()",
        "There's no Worker with this SID",
    ),
    (
        "workspaces(story.workspace_sid).workers(story.bob_sid).reservations(reservation.sid).fetch()",
        "This Reservation belongs to a different Worker",
    ),
]
"""What isn't there, at each depth of a URL: the first part that is missing, not the last."""


def test_example_that_fails_is_not_offered(monkeypatch):
    """Who changes a helper's parameters sees the new ones, not the call that failed."""
    monkeypatch.setattr(helpers, "show_tasks", lambda *, tasks: tasks)
    error = TypeError("show_tasks() takes 0 positional arguments but 1 was given")

    assert advise_on_call(error) == "Name the parameters, for example `show_tasks(tasks=…)`."


@pytest.mark.parametrize(("source", "words"), [*CALLS, *ATTRIBUTES, *VALUES])
def test_slip_in_python(cell, source, words):
    """Python's own words stay, and below them stands what to write instead."""
    text = cell(source)

    assert "What to do: " in text
    assert words in text.partition("What to do: ")[2]
    assert "Traceback" not in text


@pytest.mark.parametrize(("source", "words"), REFUSALS)
def test_slip_that_taskrouter_refuses(cell, source, words):
    """The advice fits what was really sent."""
    text = cell(source)

    assert words in text
    assert "Traceback" not in text


@pytest.mark.parametrize(("call", "words"), NOWHERE)
def test_sid_that_is_not_there(cell, call, words):
    """After a clean-up the Workspace is missing, and nobody looks for the Task in it."""
    sids = "\n".join(f"{prefix} = {prefix!r} + 32 * '0'" for prefix in ("WS", "WT", "WK"))

    assert f"What to do: {words}" in cell(f"{sids}\nclient.taskrouter.v1.{call}")


NAMES = [
    ("stages = bdeac", 'put it in quotes: `"bdeac"`.'),
    ("task.update(reason=happy)", 'put it in quotes: `"happy"`.'),
    ("prediction = predict(task, Alice)", 'Did you mean `alice`? If it is text, put it in quotes: `"Alice"`.'),
    ("taks.fetch()", "Did you mean `task`?"),
    ("expression = worker.channel.voice.assigned_tasks == 0", 'is text, so put it in quotes: `"worker.…"`.'),
    ("x = true", "Python spells it `True`."),
    ("time.sleep(1)", "Import it first: `import time`."),
    ("show_timeline([])", "Import it first: `from helpers import show_timeline`."),
    ("workflow_sid", "It's part of `story`: write `story.workflow_sid`."),
    ("helpers.show_tasks([])", "Import it first: `import helpers`."),
    ("dumps({})", "It belongs to `json`: write `json.dumps`."),
    ("tasks.list()", "It belongs to the Workspace: write `workspace.tasks`."),
    ("def serve(sid): return taks\nserve(1)", "Did you mean `task`?"),
    ("stages == 'bdeac'", "`==` only compares. To give it a value, write `stages = …`."),
    ("explanation.apply()", "`explain` is a function. Store its result first: `explanation = explain(…)`."),
    ("nowhere_at_all.list()", "No cell in this kernel has created it."),
]


@pytest.mark.parametrize(("source", "words"), NAMES)
def test_name_that_no_step_makes(cell, monkeypatch, source, words):
    """A name nobody made is text without quotes, an import left out, or misspelt; nothing leads in a circle."""
    monkeypatch.setattr("helpers.guide.missing_steps.read_lessons", tuple)

    assert words in cell(source)


def test_name_whose_cell_ran(cell):
    """A cell that stopped, or a name that was deleted: the step has run, so nobody says that it has not."""
    cell('callback = connection.listen().inbox.wait(timeout=0, TaskSid="WT0")')

    assert ("`callback` doesn't exist, because the cell that creates it stopped with NothingArrived.") in cell(
        "callback.parameters"
    )
    cell("shown = 1")
    cell("del shown")
    assert "`shown` doesn't exist, although the cell that creates it has run" in cell("shown + 1")


def test_name_whose_step_needs_the_kernels_emulator(cell):
    """Lesson 5's branch is made in local mode only; elsewhere `compare` shows nothing, and all else says why."""
    cell("from helpers import compare\nfrom helpers.errors.time_machine_problems import NoHistory\nkept = 1")
    said = cell("raise NoHistory\nbranch = kept = 2")

    assert "You can go back in time only with the emulator in the notebook's kernel" in said
    assert cell("compare(branch)") == cell("branch") == cell("assert kept == 1") == ""
    assert cell("branch.replay()") == said


@pytest.mark.parametrize("later", ["waits.sid", "waits['1201']", "for wait in waits: pass", "waits()", "sum(waits)"])
def test_name_whose_step_needs_the_emulators_clock(cell, later):
    """Lesson 11's morning is played in local mode only; elsewhere each cell that needs it says why."""
    cell("from helpers.errors.connection_problems import NoLessonClock")
    said = cell("raise NoLessonClock\nwaits = {}")

    assert "You can advance only the emulator's clock" in said
    assert cell(later) == said


def test_name_in_an_example_of_the_text(cell, monkeypatch):
    """Exercise 3.1 shows code that no cell runs: its names are not made by any step."""
    monkeypatch.setenv("JPY_SESSION_NAME", "03_create_a_task.ipynb")

    assert "`attributes` appears only in an example in the text" in cell("payload = attributes")
    assert "Lesson 2 creates it, in the step “How does TaskRouter prove who it is?”" in cell("validator.validate()")


SYNTAX = [
    ("x = “es”", "“ is a typographic quote. Write a straight one"),
    ("x = «es»", "« is a typographic quote"),
    ("x = \uff082 + 1\uff09", "Python doesn't allow the character \uff08. It probably came with pasted text"),
    ("ls = [1, 2", "A bracket or a quote"),
    ("x = 1\u00a0+ 2", "Python doesn't allow the character U+00A0. It probably came with pasted text:"),
    ("x = task\n    .fetch()", "If a call continues on the next line, put parentheses around the whole call."),
    ("x = 'es", "A string starts with a quote and has none at its end"),
    ("x = json.dumps({'a': 'b'}", "A bracket or a quote"),
    ("x = 'bdeac' ...", "The three dots mark the place of your answer. Delete them."),
    ("json.dumps('a': 'b')", "Write a dictionary in braces"),
    ("task.update('attributes'='x')", "A parameter's name has no quotes"),
    ("x = {'a' = 'b'}", "In a dictionary, write a colon after the key"),
    (
        'x = languages HAS "es"',
        "An expression for TaskRouter is text. Put quotes around all of it: `x = 'languages HAS \"es\"'`.",
    ),
    (
        "x = 'es' NOT IN languages",
        "An expression for TaskRouter is text. Put quotes around all of it: `x = \"'es' NOT IN languages\"`.",
    ),
    ("x = [each for each IN languages]", "An expression for TaskRouter is text."),
    ("curl -sS http://localhost", "This is a shell command. Write `%%bash` above it, in the first line"),
]


@pytest.mark.parametrize(("source", "words"), SYNTAX)
def test_cell_that_is_not_python(cell, capsys, source, words):
    """Python's own message stays, and below the cell stands what to do."""
    cell(source)

    assert f"What to do: {words}" in " ".join(capsys.readouterr().out.split())


def test_syntax_that_python_explains_itself_stays(cell, capsys):
    """Where Python says what is missing, nothing is added."""
    cell("def serve(task_sid)\n    pass")

    assert "What to do" not in capsys.readouterr().out


def test_error_that_says_enough_stays(cell):
    """Where nothing is known, or the code is the learner's own, Python's traceback says it best."""
    for source in ("[][0]", "{}['a']", "def f(a): return a\nf()", "class A: pass\nA().x", "'text'.sid", "1 + 'x'"):
        assert "Traceback" in cell(source)


def test_list_that_is_asked_too_often(cell, kernel, world):
    """list() raises an error without a status; the hint reads the response, and so can the learner."""
    faults = f"{kernel.base_url}/_emulator/faults"
    listing = "workspace.workers.list()"
    requests.post(faults, data={"fault": "busy", "times": "2"}, timeout=5).raise_for_status()

    assert "429, code 20429. Message: Too Many Requests" in (text := cell(listing))
    assert "Wait a moment" in text
    text = cell(f"try:\n    {listing}\nexcept Exception as error:\n    error.status")
    assert "`error.args[1].status_code`" in text


def test_headers_have_twilios_spelling(world):
    """What works live works here: ``…_with_http_info()`` makes a plain dict of the headers."""
    answer = world["workspace"].tasks(world["task"].sid).fetch_with_http_info()

    assert answer.headers["ETag"].startswith('"')
    assert answer.headers["Twilio-Request-Id"].startswith("RQ")
    assert answer.headers["X-API-Domain"] == "taskrouter.twilio.com"
