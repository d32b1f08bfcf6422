"""Lesson 6: the worked app passes, and each way to get it wrong has a sentence of its own."""

from __future__ import annotations

import json

import pytest

from helpers import catch_up, errors
from helpers.emulator.callbacks import request as callback_request
from helpers.lessons import story
from helpers.lessons.checks import check
from helpers.lessons.checks.subjects import app_probe
from helpers.webapp import own_app
from helpers.webapp.own_app import run_app
from tests.worlds.solved_app import solved_app

RIGHT = {"a": "pending", "b": "accepted", "c": "canceled", "d": "pending", "e": "canceled", "f": "canceled"}
ACCEPTS = '    return {"instruction": "accept"}'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder for the learner's file."""
    return tmp_path_factory.mktemp("notebooks")


@pytest.fixture
def world(kernel, folder, monkeypatch):
    """The world of lesson 6, with its settings in the environment and an empty place for the file."""
    monkeypatch.chdir(folder)
    (folder / "my_app").mkdir(exist_ok=True)
    world = catch_up(6)
    kernel.export(WORKSPACE_SID=world.workspace_sid, WORKFLOW_SID=world.workflow_sid)
    yield world
    own_app.stop_app()


def run(folder, *changes):
    """Start the worked app with these changes."""
    (folder / "my_app" / "app.py").write_text(solved_app(*changes), encoding="utf-8")
    return run_app()


def test_worked_app_passes(world, folder, kernel):
    """Both checks, in the kernel's hands and by its address alone, and they leave no Task."""
    app = run(folder)

    assert [check(number, each).passed for number in ("6.1", "6.2") for each in (app, app.url)] == [True] * 4
    tasks = story.workspace_of(kernel.client, world).tasks.list()
    assert [task.assignment_status for task in tasks] == ["completed"]  # lesson 5's


def test_file_is_judged_in_a_world_of_its_own(world, folder, kernel):
    """The learner's Workspace may be anything: it isn't asked, and nothing is created in it."""
    app = run(folder)
    workspace = story.workspace_of(kernel.client, world)
    workspace.workflows(world.workflow_sid).update(configuration=json.dumps({"task_routing": {"filters": []}}))
    before = app.log(), len(workspace.tasks.list())

    assert check("6.2", app).passed
    assert (app.log(), len(workspace.tasks.list())) == before
    assert app.is_running


def test_file_is_judged_without_twilio(world, folder, kernel):
    """In live mode the second app talks to the check's emulator, so no Task is created in anybody's account."""
    app = run(folder)
    before = len(kernel.wire)
    object.__setattr__(kernel, "mode", "live")
    try:
        assert check("6.2", app).passed
    finally:
        object.__setattr__(kernel, "mode", "local")
    assert len(kernel.wire) == before


def test_slow_reply_is_told(world, folder, monkeypatch):
    """Later than TaskRouter waits, and so late that the check gives up."""
    monkeypatch.setattr(app_probe, "REPLY_LIMIT_SECONDS", 0.2)
    slow = (ACCEPTS, f"    import time\n    time.sleep(0.5)\n{ACCEPTS}")

    assert "`/assignment_callback` took" in str(check("6.1", run(folder, slow)))
    monkeypatch.setattr(app_probe, "_LONGEST_SECONDS", 0.3)
    assert "`/assignment_callback` took more than 0.3 s to respond" in str(check("6.1", run_app()))


def test_stopped_app_is_told(world, folder):
    """Whether it was stopped here or nobody answers at its address."""
    app = run(folder)
    url = app.url
    app.stop()

    assert "Your app was stopped." in str(check("6.1", app))
    assert "Nothing responds at the address of your app" in str(check("6.1", url))


@pytest.mark.parametrize(
    ("answer", "words"), [(5, "`app` is a number"), (None, "`app` is nothing"), ("app", "is text")]
)
def test_something_else_is_told(world, folder, answer, words):
    """The check wants the app, or its address."""
    run(folder)

    assert words in str(check("6.1", answer))
    assert words in str(check("6.2", answer))


def test_blank_function_is_told(world, folder):
    """Three dots, whatever else the file holds."""
    app = run(folder, ("def refuse_other_languages():", "def refuse_other_languages():\n    ...\n\ndef unused():"))

    assert str(check("6.2", app)).startswith("✗ Not yet. `refuse_other_languages` still does nothing.")


def test_missing_file_is_told(world, folder):
    """An app at an address, and no file."""
    (folder / "my_app" / "app.py").unlink(missing_ok=True)

    assert "There's no my_app/app.py yet." in str(check("6.1", "http://127.0.0.1:9"))


@pytest.mark.parametrize("answer", [RIGHT, list(RIGHT.values()), RIGHT | {"c": " Cancelled ", "a": "PENDING"}])
def test_right_consequences_in_another_form(answer):
    """Case, spaces, and British spelling."""
    assert check("6.3", answer).passed


CONSEQUENCES = [
    (..., "`becomes` is still `...`."),
    (RIGHT | {"d": ...}, '`becomes["d"]` is still `...`.'),
    (RIGHT | {"a": "accepted"}, "After reply a the Reservation isn't accepted. `{}` means later"),
    (RIGHT | {"a": "canceled"}, "After reply a the Reservation isn't canceled. `{}` means later"),
    (
        RIGHT | {"b": "pending"},
        "After reply b the Reservation isn't pending. TaskRouter carries out the inst",
    ),
    (RIGHT | {"c": "pending"}, "After reply c the Reservation isn't pending. Nobody replies, and there is no fallback"),
    (
        RIGHT | {"d": "canceled"},
        "After reply d the Reservation isn't canceled. JSON without an instruction",
    ),
    (RIGHT | {"d": "accepted"}, "After reply d the Reservation isn't accepted. JSON without an instruction"),
    (RIGHT | {"e": "accepted"}, "After reply e the Reservation isn't accepted. TaskRouter waits five seconds."),
    (RIGHT | {"e": "pending"}, "After reply e the Reservation isn't pending. TaskRouter waits five seconds."),
    (RIGHT | {"f": "accepted"}, "After reply f the Reservation isn't accepted. TaskRouter doesn't read the body"),
    (RIGHT | {"f": "pending"}, "After reply f the Reservation isn't pending. TaskRouter doesn't read the body"),
    (RIGHT | {"f": "rejected"}, "`becomes[\"f\"]` is 'rejected'. A Reservation is rejected only if"),
    (RIGHT | {"c": "timeout"}, "`becomes[\"c\"]` is 'timeout'. A Reservation times out when its Worker"),
    (RIGHT | {"b": "assigned"}, "`becomes[\"b\"]` is 'assigned'. That's a status of a Task"),
    (RIGHT | {"f": "refused"}, "`becomes[\"f\"]` is 'refused'. Write pending, accepted or canceled."),
    (RIGHT | {"f": True}, '`becomes["f"]` is `True`; this exercise needs text'),
    ({"a": "pending"}, "he letters b, c, d, e and f are missing"),
    ("pending", "`becomes` is text"),
]


@pytest.mark.parametrize(("answer", "words"), CONSEQUENCES)
def test_wrong_consequence_is_told_why(answer, words):
    """6.3: the first reply that is wrong, and the reason."""
    assert words in str(check("6.3", answer))


REPLIES = {
    "a": "    return {}",
    "b": ACCEPTS,
    "c": "    import os\n    os._exit(1)",
    "d": '    return {"message": "success"}',
    "f": '    return {"instruction": "accept"}, 403',
}


@pytest.mark.parametrize("letter", REPLIES)
def test_consequences_are_taskrouters(world, folder, kernel, letter):
    """Exercise 6.3 says what the emulator does with the Reservation."""
    app = run(folder, (ACCEPTS, REPLIES[letter]))
    workspace = story.workspace_of(kernel.client, world)
    workspace.workflows(world.workflow_sid).update(assignment_callback_url=app.assignment_url)
    task = workspace.tasks.create(attributes='{"selected_language": "es"}', workflow_sid=world.workflow_sid)
    first = workspace.tasks(task.sid).reservations.list()[0]

    assert first.reservation_status == RIGHT[letter]


def test_late_reply_counts_for_nothing(world, folder, kernel, monkeypatch):
    """Reply e of exercise 6.3: TaskRouter waits five seconds, or here half a second, and the reply comes later."""
    monkeypatch.setitem(callback_request._LIMIT_SECONDS, "assignment", 0.5)
    slow_once = "    import time\n    late, app.asked = not hasattr(app, 'asked'), True\n    time.sleep(0.8 * late)\n"
    app = run(folder, (ACCEPTS, slow_once + ACCEPTS))
    workspace = story.workspace_of(kernel.client, world)
    workspace.workflows(world.workflow_sid).update(assignment_callback_url=app.assignment_url)
    task = workspace.tasks.create(attributes='{"selected_language": "es"}', workflow_sid=world.workflow_sid)

    assert workspace.tasks(task.sid).reservations.list()[0].reservation_status == RIGHT["e"]


def test_problems_of_apps_are_the_helpers():
    """A check shows them as sentences, as all others."""
    assert issubclass(errors.app_problems.AppProblem, errors.HelperError)
