"""The guide: errors in a notebook become sentences; others stay as they are."""

from __future__ import annotations

import signal
from types import SimpleNamespace

import pytest
from traitlets.config import PyFileConfigLoader

from helpers.errors.lesson_problems import StoryMissing
from helpers.guide import extension
from helpers.lessons import cell_runs
from helpers.settings import PROJECT
from tests.notebooks.generated import cell_of, lesson_paths, read
from tests.unit.guide.shells import run


@pytest.mark.parametrize(
    ("beside", "is_loaded"),
    [
        ((), True),
        (("helpers/__init__.py",), False),
        (("helpers/theirs.py",), True),
        (("helpers.py",), False),
        (("helpers/__init__.py", "helpers/guide/extension.py"), True),
    ],
)
def test_notebook_beside_a_package_helpers_of_its_own(tmp_path, monkeypatch, beside, is_loaded):
    """IPython loads the guide in every kernel of this Python, except where the notebook imports other helpers."""
    for name in beside:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)

    config = PyFileConfigLoader("ipython_config.py", str(PROJECT / "helpers" / "lab")).load_config()

    assert ("extensions" in config.InteractiveShellApp) is is_loaded


def test_missing_name_names_its_step(shell):
    """A cell of lesson 4 run too early says which step makes the name it needs, without a traceback."""
    text = run(shell, "workspace.tasks(task.sid).fetch()\nlifecycle(task)")

    assert text.startswith("`workspace` doesn't exist yet. The step “")
    assert "Run > Run All Above Selected Cell" in text
    assert "Traceback" not in text


def test_missing_name_of_the_same_lesson(shell):
    """In a lesson that is known the step is one of that lesson's."""
    text = run(shell, "task = workspace.tasks.list()[0]\nlifecycle(task)")

    assert "`workspace` doesn't exist yet. The step “Set up” creates it" in text


def test_empty_list_names_the_step_passed_over(shell, connection):
    """Taking the first of nothing says which step before has not run since the lesson began."""
    lesson = read(lesson_paths()[4])
    for cell_id in ("setup", "start"):
        shell.run_cell(cell_of(lesson, cell_id).source, store_history=False)

    text = run(shell, cell_of(lesson, "of-worker").source)

    assert text.startswith("The list is empty, so it has no first item. The step “Look")


def test_empty_list_with_no_step_missing(shell):
    """Outside the lessons the advice is general; an index of something else keeps its traceback."""
    shell.user_ns["queues"] = SimpleNamespace(list=list)

    assert "Check what you list" in run(shell, "queues.list()[0]")
    assert "Traceback" in run(shell, "[][0]")


def test_script_run_too_early_names_its_step(shell, monkeypatch):
    """A shell script whose variables are not set says which step sets them; any other says how it ended."""
    monkeypatch.delenv("WORKSPACE_SID", raising=False)

    assert "`WORKSPACE_SID` doesn't exist yet. The step “Create a Task with curl” creates it" in run(
        shell, cell_of(read(lesson_paths()[3]), "curl").source
    )
    assert run(shell, "%%bash\nexit 3").startswith("The script stopped with exit code 3. Its output is above.")


def test_misspelt_name_is_compared(shell):
    """A name that no step makes is compared with those that exist."""
    shell.user_ns["workers_of_today"] = []

    text = run(shell, "workers_of_toady")

    assert "Did you mean `workers_of_today`?" in text


def test_helper_error_shows_only_its_text(shell):
    """An error of ours is its sentence and nothing else."""
    text = run(shell, "from helpers.errors.lesson_problems import StoryMissing\nraise StoryMissing('workspace')")

    assert text == str(StoryMissing("workspace"))


def test_error_of_the_emulator_shows_what_to_do_in_a_notebook(shell, connection):
    """Its own words are for any user; a cell adds what to do in a notebook. HelperError catches it."""
    shell.user_ns["client"] = connection.client
    connection.emulator.stop()
    shell.run_cell("from helpers import HelperError\nworkspaces = client.taskrouter.v1.workspaces")
    shell.run_cell("workspaces.list()")
    shell.run_cell("client.messages.list()")
    shell.run_cell("try:\n    workspaces.list()\nexcept HelperError as error:\n    caught = str(error)")

    gone, elsewhere = (" ".join(text.split()) for text in shell.shown)
    assert gone.endswith("Start it again. In a notebook, restart the kernel and run the set-up cell again.")
    assert elsewhere.startswith("This request goes to api.twilio.com.")
    assert elsewhere.endswith("In a notebook, connect in live mode for it.")
    assert gone.startswith(shell.user_ns["caught"])


def test_twilio_error_shows_advice(shell, connection):
    """A refusal shows Twilio's words and the advice, made from what was really sent."""
    shell.user_ns["client"] = connection.client
    extension.watch(connection.wire)

    text = run(shell, "client.taskrouter.v1.workspaces('Care').fetch()")

    assert "404, code 20404" in text
    assert "What to do: 'Care' isn't a SID." in text


def test_lines_break_between_words(shell):
    """No line is longer than a page is wide, and none ends within a word."""
    run(shell, "from helpers.errors.lesson_problems import StoryMissing\nraise StoryMissing('workspace')")

    lines = shell.shown[-1].splitlines()
    assert len(lines) > 1
    assert max(map(len, lines)) <= extension.WIDTH
    assert " ".join(lines) == str(StoryMissing("workspace"))


@pytest.mark.parametrize(
    ("expression", "advice"),
    [
        (
            "client.workspaces",
            "'Client' object has no attribute 'workspaces' What to do: It belongs to TaskRouter: write",
        ),
        ("client.taskrouter.v1.workspaces('WS1').sid", "What `.fetch()` returns has"),
        ("client.taskrouter.v1.workspaces.sid", "`.list()` returns all its resources, and `(sid).fetch()` returns one"),
    ],
)
def test_attribute_of_another_object(shell, connection, expression, advice):
    """A property looked for where the library does not have it says where it is."""
    shell.user_ns["client"] = connection.client

    assert advice in run(shell, expression)
    assert "Traceback" in run(shell, "'text'.sid")


def test_interrupted_cell_says_where(shell):
    """The interrupt button ends a cell with one sentence, which names the cell's line and not those of a library."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a suite run in the background ignores the signal
    text = run(shell, "import _thread\n\n_thread.interrupt_main()\nwhile True: pass")

    assert text.startswith(("You interrupted the cell in line 3.", "You interrupted the cell in line 4."))
    assert "Traceback" not in text
    assert run(shell, "raise KeyboardInterrupt") != text


def test_other_errors_stay_as_they_are(shell):
    """A ZeroDivisionError has its usual traceback."""
    assert "ZeroDivisionError" in run(shell, "1 / 0")


def test_name_error_inside_a_module_stays(shell):
    """A NameError in somebody's library is not the learner's: its traceback is shown."""
    text = run(shell, "exec('def f():\\n    return nowhere', g := {})\ng['f']()")

    assert "NameError" in text
    assert "Traceback" in text


def test_loading_twice_counts_once(shell):
    """The extension loaded by Jupyter and by connect() records each cell once."""
    extension.load_ipython_extension(shell)
    shell.run_cell("1 + 1", store_history=False)

    assert [run.source for run in cell_runs.history()[:-1]] == ["1 + 1"]


def test_outside_ipython_nothing_happens():
    """A plain Python program can connect as well."""
    extension.enable()


def test_what_was_passed_over_is_told_below_the_cell(shell, connection, capsys):
    """An event type that doesn't exist is taken without an error; the cell that named it says so, and no other."""
    extension.watch(connection.wire)
    shell.user_ns["workspaces"] = connection.client.taskrouter.v1.workspaces
    words = "The emulator adds: No event has the type 'task.create'. The nearest type is task.created."

    shell.run_cell("made = workspaces.create(friendly_name='Desk', events_filter='task.create')", store_history=False)
    assert words in " ".join(capsys.readouterr().out.split())
    shell.run_cell("made = workspaces(made.sid).fetch()", store_history=False)
    assert "The emulator adds" not in capsys.readouterr().out
