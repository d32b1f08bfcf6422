"""Cells that end without an error and did nothing, or something else than meant."""

from __future__ import annotations

import json

import pytest

from helpers import tidy_up
from helpers.guide import extension
from helpers.lessons import story
from tests.notebooks.generated import lesson_paths, read


@pytest.fixture(scope="module")
def world(kernel):
    """The names that lesson 4 has."""
    sids = story.build(kernel.client)
    workspace = story.workspace_of(kernel.client, sids)
    task = workspace.tasks.create(workflow_sid=sids.workflow_sid, attributes=json.dumps({"selected_language": "es"}))
    alice = workspace.workers(sids.alice_sid).fetch()
    return {"workspace": workspace, "story": sids, "task": task, "alice": alice, "tidy_up": tidy_up}


@pytest.fixture
def below(shell, kernel, world, capsys):
    """Runs a cell in that world and returns what stands below it, in one line."""
    kernel.wire.clear()
    extension.watch(kernel.wire)
    shell.user_ns.update(world)

    def run(source):
        capsys.readouterr()
        shell.run_cell(source, store_history=False)
        return " ".join(capsys.readouterr().out.split())

    return run


@pytest.fixture
def noted(below):
    """Runs a cell in that world and returns the notes below it."""
    return lambda source: [note.strip() for note in below(source).split("Note: ")[1:]]


NOTES = [
    (
        "alice.available = False",
        "changes only this copy. Nothing was sent to TaskRouter. `alice.update(activity_sid=…)`",
    ),
    ("task.assignment_status = 'completed'", "`task.update(assignment_status=…)` changes it"),
    ("for each in [alice]:\n    each.friendly_name = 'A'", "`each.friendly_name = …` changes only this copy"),
    ("task.age = 5", "`task.age = …` changes only this copy. Nothing was sent to TaskRouter."),
    ("workspace.workers.list('Alice')", "`list` is `activity_name`, so `'Alice'` was sent as"),
    ("workspace.tasks.list('5')", "`list(assignment_status='5')`."),
    ("len(workspace.tasks.list(5))", "`list(limit=5)`."),
    ("workspace.tasks.create(60, workflow_sid=story.workflow_sid)", "`create` is `timeout`, so `60` was sent"),
    ("workspace.workers('').fetch()", "The SID in `workspace.workers('')` is an empty"),
    ("sid = ''\nworkspace.workers(sid).fetch()", "The SID in `workspace.workers(sid)` is an empty"),
    ("tidy_up", "`tidy_up` wasn't called, so nothing happened. Call it with parentheses: `tidy_up(…)`."),
    ("task.fetch", "`task.fetch` wasn't called"),
    ("task.fetch()\ntask.age", "`task` itself hasn't changed. Write `task = task.fetch()` to"),
    ("workspace.workers", "This is the collection of every Worker"),
    ("workspace.tasks(task.sid)", "This is a reference to a Task that isn't fetched yet. `.fetch()` reads it."),
    ("task.update()", "`update` sent no change. The SDK leaves out parameters that are None."),
    ("for each in workspace.activities.list():\n    each.update()", "`update` sent no change"),
    ("workspace.workers(alice.sid).update(friendly_name=None)", "`update` sent no change"),
]


@pytest.mark.parametrize(("source", "words"), NOTES)
def test_what_has_no_effect_is_told(noted, source, words):
    """One note, below the cell, with what to write instead."""
    [note] = noted(source)

    assert words in note


HINTS = [
    ("workspace.workers.list(activity_name='Idel')", "No Activity is called 'Idel', so no Worker is listed."),
    ("workspace.workers.list(task_queue_name='Spanish')", "No TaskQueue is called 'Spanish', so no Worker is listed."),
    ("workspace.workers.list(target_workers_expression='“es” IN languages')", "“ at character 1 means nothing here"),
    ("workspace.task_queues.create('Q', target_workers='“1”==1')", "TargetWorkers: “ at character 1 means nothing"),
]


@pytest.mark.parametrize(("source", "words"), HINTS)
def test_what_the_emulator_passes_over_is_told(below, source, words):
    """A filter that can select nobody, or a character that is dropped: the hint is readable, not escaped."""
    assert words in below(source)


@pytest.mark.parametrize(
    "source",
    [
        "workspace.tasks.create()",
        "task = task.fetch()",
        "workspace.workers.list(friendly_name='Alice', limit=5)",
        "workspace.workers.create('Carol')",
        "workspace.workflows.list('Customer Care Requests')",
        "workspace.tasks(task.sid).reservations.list('pending')",
        "class Mine: pass\nmine = Mine()\nmine.available = False",
        "def later():\n    alice.available = False",
        "alice.update(friendly_name='Alice')",
        "reread = workspace.tasks(task.sid)",
        "workspace.workers('').nothing",
        "%time 1",
        "%%bash\ntrue",
    ],
)
def test_what_was_meant_so_is_not_remarked(noted, source):
    """No note for what works, for what only is defined, and below an error."""
    assert noted(source) == []


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_lessons_give_no_reason_for_a_note(path):
    """What the lessons themselves do is never remarked upon: their stored outputs hold no note."""
    texts = [output.get("text", "") for cell in read(path).cells for output in cell.get("outputs", [])]

    assert not [text for text in texts if text.startswith(("Note: ", "What to do: "))]
