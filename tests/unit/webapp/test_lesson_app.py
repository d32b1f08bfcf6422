"""The application that learners write in lesson 6: the lesson alone makes it, and it runs without the suite."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
from twilio.request_validator import RequestValidator

from helpers import catch_up, run_app
from helpers.lessons import story
from helpers.lessons.checks import check
from helpers.webapp import own_app
from tests.notebooks.generated import NOTEBOOKS, cell_of, read, solution_path
from tests.worlds.solved_app import solved_app

LESSON = NOTEBOOKS / "06_write_your_own_web_server.ipynb"
URL = re.compile(r"Running on (http://127\.0\.0\.1:\d+)")


@pytest.fixture
def world(connection, monkeypatch, tmp_path):
    """The world of lesson 6 with its settings exported, and an empty folder; an app is stopped afterwards."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(own_app, "_current", None)
    world = catch_up(6)
    connection.export(WORKSPACE_SID=world.workspace_sid, WORKFLOW_SID=world.workflow_sid)
    yield world
    own_app.stop_app()


def write_as_learners_do(shell):
    """Run the lesson's cells that write sections, from the first to the last, the exercises solved."""
    solutions = read(solution_path(LESSON))
    for cell in read(LESSON).cells:
        if cell.cell_type == "code" and cell.source.startswith("%%app "):
            is_exercise = cell.id.startswith("exercise-")
            solved = cell_of(solutions, cell.id.replace("exercise-", "solution-")) if is_exercise else cell
            assert shell.run_cell(solved.source).success


@pytest.fixture
def app_file(world, shell, tmp_path) -> Path:
    """The file that the lesson makes."""
    write_as_learners_do(shell)
    return tmp_path / "my_app" / "app.py"


def test_lesson_makes_the_solutions_file(app_file):
    """It is plain Python of 40 to 75 lines, and the one that the solutions make."""
    text = app_file.read_text(encoding="utf-8")

    assert text == solved_app()
    assert 40 <= len([line for line in text.splitlines() if line.strip()]) <= 75
    assert "helpers" not in text


def test_file_passes_the_checks(app_file):
    """Run from the notebook."""
    app = run_app()

    assert [str(check(number, app))[0] for number in ("6.1", "6.2")] == ["✓", "✓"]


def test_file_runs_in_a_terminal(app_file, world, connection):
    """With the lines of `connection.export` pasted, `flask run` serves the same file, which passes the checks."""
    lines = connection.export(WORKSPACE_SID=world.workspace_sid, WORKFLOW_SID=world.workflow_sid).bash
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    script = f"{lines}\ncd my_app\nexec '{sys.executable}' -u -m flask run --port 0 2>&1"
    with subprocess.Popen(["bash", "-c", script], env=bare, stdout=subprocess.PIPE, encoding="utf-8") as terminal:
        try:
            url = next(found[1] for line in terminal.stdout if (found := URL.search(line)))
            assert [str(check(number, url))[0] for number in ("6.1", "6.2")] == ["✓", "✓"]
        finally:
            terminal.terminate()


def test_taskrouter_accepts_by_its_reply(app_file, world, connection):
    """The Workflow leads to it: a Task that its form creates is assigned without a request of anybody's."""
    app = run_app()
    workspace = story.workspace_of(connection.client, world)
    workspace.workflows(world.workflow_sid).update(assignment_callback_url=app.assignment_url)

    sid = requests.post(f"{app.url}/create_task", data={"selected_language": "es"}).json()["task_sid"]

    assert workspace.tasks(sid).fetch().assignment_status == "assigned"


def test_public_url_is_what_was_signed(app_file, connection, monkeypatch):
    """Behind a tunnel, the setting names the URL that TaskRouter signed, whatever the app itself sees."""
    monkeypatch.setenv("PUBLIC_URL", "https://example.com")
    app = run_app()
    form = {"TaskSid": "WT1"}
    validator = RequestValidator(connection.auth_token.reveal())

    def status(url):
        signature = validator.compute_signature(url, form)
        return requests.post(app.assignment_url, data=form, headers={"X-Twilio-Signature": signature}).status_code

    assert status("https://example.com/assignment_callback") == 200
    assert status(app.assignment_url) == 403


@pytest.mark.parametrize("name", ["logs", "a name too long for a socket " * 4])
def test_app_ends_with_its_kernel(app_file, world, monkeypatch, name):
    """A kernel that is killed leaves no app behind, nor its log."""
    logs = app_file.parent / name.strip()
    logs.mkdir()
    monkeypatch.setenv("TMPDIR", str(logs))
    code = "from helpers import run_app; app = run_app(); print(app.url, flush=True); import time; time.sleep(60)"
    environment = {**os.environ, "PYTHONPATH": str(NOTEBOOKS.parent)}
    kernel = subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, encoding="utf-8")
    with kernel:
        url = kernel.stdout.readline().strip()
        assert requests.get(url).status_code == 200
        kernel.kill()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and (answers(url) or any(logs.glob("taskrouter-app-*"))):
        pass

    assert not answers(url)
    assert not any(logs.glob("taskrouter-app-*"))


def test_lesson_saved_as_a_script(app_file, world, tmp_path):
    """Starting the app doesn't run the lines of the script once more."""
    script = tmp_path / "lesson.py"
    script.write_text("from helpers import run_app\nprint('once')\nrun_app().stop()\n")
    environment = {**os.environ, "PYTHONPATH": str(NOTEBOOKS.parent)}
    ran = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, timeout=60)

    assert (ran.stdout, ran.stderr) == ("once\n", "")


def answers(url):
    """True if somebody answers there."""
    try:
        return bool(requests.get(url, timeout=5).status_code)
    except requests.RequestException:  # an app that ends in mid-answer, too
        return False
