"""Lessons: catch_up brings the same world every time; where_am_i says how far one is."""

from __future__ import annotations

import pytest

from helpers import connection as connections
from helpers.errors.lesson_problems import UnknownLesson
from helpers.lessons import lesson_files, lessons, story
from helpers.lessons.cell_runs import Run
from helpers.lessons.lesson_ends import ENDS, WRITTEN
from helpers.lessons.lessons import catch_up, progress
from helpers.lessons.progress.progress_record import ExerciseRecord, ProgressRecord

STARTS = {
    0: None,
    2: ("Offline", None, []),
    3: ("Offline", "/assignment_callback", []),
    4: ("Offline", "/assignment_callback", ["pending"]),
    5: ("Idle", "/assignment_callback", ["reserved"]),
    6: ("Idle", "/assignment_callback", ["completed"]),
    8: ("Idle", "/assignment_callback", []),
    9: ("Offline", "/assignment_callback", []),
    10: ("Idle", "/assignment_callback", []),
    11: ("Offline", "/assignment_callback", []),
    12: ("Idle", "/assignment_callback", []),
    13: ("Idle", None, ["assigned", "assigned"]),
    14: ("Idle", "/assignment_callback", []),
    15: ("Idle", "/assignment_callback", ["completed"]),
}
"""Alice's Activity, the callback's path and the Tasks, by lesson; one without a row starts as the one before it."""


def picture(connection):
    """Everything that stands in the tutorial's world, with its SIDs and times."""
    try:
        world = story.find(connection.client)
    except story.StoryMissing:
        return None
    workspace = story.workspace_of(connection.client, world)
    resources = [*workspace.workers.list(), *workspace.workflows.list(), *workspace.tasks.list()]
    return world, [(each.sid, each.date_created, each.date_updated) for each in resources]


@pytest.mark.parametrize("lesson", [*WRITTEN, WRITTEN[-1] + 1])
def test_each_lesson_has_its_start(connection, lesson):
    """Alice's activity, the callback's path and the Tasks are where the lesson before left them."""
    stands = STARTS[max(number for number in STARTS if number <= lesson)]
    world = catch_up(lesson)

    if stands is None:
        assert world is None
        assert connection.client.taskrouter.v1.workspaces.list() == []
        return
    workspace = story.workspace_of(connection.client, world)
    url = workspace.workflows(world.workflow_sid).fetch().assignment_callback_url
    assert (
        workspace.workers(world.alice_sid).fetch().activity_name,
        f"/{url.rpartition('/')[2]}" if url else None,
        [task.assignment_status for task in workspace.tasks.list()],
    ) == stands


def test_every_path_leads_to_the_same_world(connection):
    """Whatever was done before, SIDs and lesson time come out the same; so they do in a new kernel."""
    catch_up(5)
    first = picture(connection)

    connection.client.taskrouter.v1.workspaces.create(friendly_name="a detour")
    connection.advance(5000)
    catch_up(3)
    catch_up(5)
    again = picture(connection)
    connections.disconnect()
    catch_up(5)

    assert first == again == picture(connections.connect())


def test_catching_up_leaves_no_traces(connection):
    """The wire and the inbox hold only what the lesson itself will do."""
    catch_up(4)

    assert len(connection.wire) == 0
    assert len(connection.listen().inbox) == 0


def test_callback_of_lesson_five_is_there(connection):
    """Lesson 5 begins with the callback of Alice's Reservation in the inbox, signed."""
    catch_up(5)

    callback = connection.listen().inbox.wait(path="/assignment_callback", timeout=5)
    assert (callback.signature, callback.reply) == ("valid", b"{}")


def test_lost_tunnel_does_not_keep_a_lesson_from_its_start(connection, capsys):
    """A notebook that stopped in the middle of losing it can begin again; an open tunnel is used."""
    listener = connection.listen()
    listener.expose()
    world = catch_up(4)
    workflow = story.workspace_of(connection.client, world).workflows(world.workflow_sid)
    assert workflow.fetch().assignment_callback_url == f"{listener.public_url}/assignment_callback"
    listener.lose_tunnel()
    capsys.readouterr()

    catch_up(4)

    assert capsys.readouterr().out.splitlines()[0] == (
        "The tunnel has ended, and its public URL leads nowhere. It is closed now. To open another one, run "
        "`listener.expose(workflow)`."
    )
    assert workflow.fetch().assignment_callback_url == listener.assignment_url
    assert repr(listener) == "Listener(running)"


def test_a_decision_does_not_outlive_its_lesson(connection):
    """A decision function of an earlier lesson is gone: the Reservation stays pending."""
    connection.listen().decide(lambda callback: {"instruction": "accept"})

    world = catch_up(5)

    assert [task.assignment_status for task in story.workspace_of(connection.client, world).tasks.list()] == [
        "reserved"
    ]


@pytest.mark.parametrize("number", [-1, WRITTEN[-1] + 2, "three", 2.5, 3.0, True])
def test_unknown_lesson_is_refused(connection, number):
    """A lesson that doesn't exist is answered with those that do."""
    with pytest.raises(UnknownLesson, match=rf"^There's no lesson {number!r}\. The lessons are 0 to "):
        catch_up(number)


def test_lesson_that_is_not_written_yet(connection, monkeypatch):
    """A number between two lessons is told so, with the numbers that there are, and nothing is changed."""
    monkeypatch.setattr(lessons, "WRITTEN", [0, 1, 2, 5, 6, 9])
    catch_up(2)
    before = picture(connection)

    with pytest.raises(UnknownLesson) as told:
        catch_up(4)

    assert str(told.value) == (
        "Lesson 4 isn't written yet. The lessons are 0 to 2, 5 to 6 and 9, and 10 is the end of lesson 9. Use the "
        "number in the notebook's file name."
    )
    assert picture(connection) == before


def ran(*steps_, error=""):
    """Runs of all cells of these steps, as JupyterLab reports them."""
    return [Run(cell.source, cell.cell_id, error) for step in steps_ for cell in step.cells]


@pytest.fixture
def fourth():
    """Steps of lesson 4 that have code: set-up, before, Alice, the Reservation, the callback …"""
    return [step for step in lesson_files.read_lessons()[4].steps if step.cells]


def record_of(states):
    """Record of a learner whose exercises are in these states."""
    return ProgressRecord(exercises={number: ExerciseRecord(state) for number, state in states.items()})


def marks(history, results=None):
    """The lines of lesson 4 without the first, each as its mark and what stands in parentheses at its end."""
    first, *lines = progress(history, record_of(results or {}), "local mode").splitlines()
    assert first == f"Lesson 4: {lesson_files.read_lessons()[4].title} (local mode)"
    return [f"{line[0]}{line[line.rindex(' (') :] if line.endswith(')') else ''}" for line in lines]


def test_arrow_stands_at_the_first_thing_not_done(fourth):
    """Steps that ran are ticked wherever they stand, and the arrow points at the first that didn't."""
    strip = next(step for step in fourth if step.heading == "Where is the Task now?")

    assert marks([*ran(*fourth[:2]), *ran(strip)]) == [
        "✓", "✓", "→", "·", "·", "· (open)", "·", "✓", "· (open)", "· (open)", "· (open)", "·",
    ]  # fmt: skip


def test_after_a_restart_the_arrow_is_at_the_beginning(fourth):
    """Set-up cells and the where_am_i cell have run, so the next step is the one after the set-up."""
    assert marks([*ran(fourth[0]), Run("where_am_i()", "where")])[:3] == ["✓", "→", "·"]


def test_step_is_done_when_all_of_it_ran(fourth):
    """One of two set-up cells isn't a set-up."""
    assert marks([Run(fourth[0].cells[1].source, fourth[0].cells[1].cell_id)])[0] == "→ (1 of 2 cells ran)"


def test_failed_cell_is_not_ticked(fourth):
    """A cell that ended in an error is said to have failed."""
    assert marks([*ran(fourth[0]), *ran(fourth[1], error="NameError")])[:3] == ["✓", "→ (failed)", "·"]


@pytest.mark.parametrize(
    ("results", "mark"), [({}, "(open)"), ({"4.1": "tried"}, "(tried)"), ({"4.1": "solved"}, "(solved)")]
)
def test_exercise_shows_what_its_check_said(fourth, results, mark):
    """Running an exercise's cells solves nothing: the check's verdict counts."""
    exercise = next(step for step in fourth if step.exercise == "4.1")
    line = marks([*ran(fourth[0]), *ran(exercise)], results)[fourth.index(exercise)]

    assert line.endswith(mark)
    assert line.startswith("✓") == (mark == "(solved)")


def test_exercise_whose_answer_failed(fourth):
    """A red answer cell is told, unless the exercise was solved before."""
    exercise = next(step for step in fourth if step.exercise == "4.1")
    history = [*ran(fourth[0]), *ran(exercise, error="KeyError")]

    assert marks(history)[fourth.index(exercise)].endswith("(failed)")
    assert marks(history, {"4.1": "solved"})[fourth.index(exercise)] == "✓ (solved)"


def test_progress_begins_with_catch_up(fourth):
    """A lesson begun again has its steps before it again, although their cells ran in this kernel."""
    assert marks([*ran(*fourth), Run(fourth[0].cells[1].source, "start")])[:3] == ["✓", "→", "·"]


def test_cell_of_another_lesson_typed_by_hand(fourth):
    """`explain(task)` in lesson 4 stands in lesson 3's notebook alone, and this is lesson 4 all the same."""
    assert marks([*ran(*fourth[:3]), Run("explain(task)", "b1c2-typed")])[3] == "→"


def test_step_that_this_taskrouter_has_no_past_for():
    """Lesson 5 in live mode: its step with the branch is neither done nor the next one to do."""
    lesson = lesson_files.read_lessons()[5]
    history = [
        Run(cell.source, cell.cell_id, "NoHistory" if cell.cell_id == "branch" else "")
        for cell in lesson.cells
        if not cell.exercise
    ]
    lines = progress(history, record_of({}), "live mode").splitlines()

    assert "· What if Bob spoke Spanish? (needs this kernel's emulator)" in lines
    assert [line for line in lines if line.startswith("→")] == ["→ Exercise 5.1: Serve a Task (open)"]


def test_steps_that_need_a_tunnel():
    """Lesson 7 live without a token of ngrok's: the steps that open a tunnel are neither done nor next."""
    lesson = next(each for each in lesson_files.read_lessons() if each.number == 7)
    refused = {"expose": "TokenMissing", "mend": "TokenMissing"}
    history = [Run(cell.source, cell.cell_id, refused.get(cell.cell_id, "")) for cell in lesson.cells]
    lines = progress(history, record_of({"7.1": "solved", "7.2": "solved", "7.3": "solved"}), "live mode").splitlines()

    assert [line for line in lines if not line.startswith("✓")][1:] == [
        "· Open the tunnel (needs an ngrok authtoken)",
        "· Open the tunnel again (needs an ngrok authtoken)",
    ]


def test_progress_outside_the_lessons():
    """In a notebook of one's own the way to the lessons is given."""
    assert "00_start_here.ipynb" in progress([Run("x = 1")], {}, "local mode")


def test_every_lesson_has_a_notebook_and_checks():
    """Notebooks have the numbers that modules of checks have, from 0 on."""
    assert [lesson.number for lesson in lesson_files.read_lessons()] == WRITTEN
    assert WRITTEN[0] == 0


def test_lessons_leave_things_in_their_order():
    """The world is made as the lessons made it: a lesson's end comes after those of the lessons before."""
    numbers = [end.lesson for end in ENDS]

    assert numbers == sorted(set(numbers))
    assert set(numbers) < set(WRITTEN)
