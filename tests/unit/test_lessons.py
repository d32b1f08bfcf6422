"""Lessons: catch_up brings the same world every time; where_am_i says how far one is."""

from __future__ import annotations

import pytest

from helpers import connection as connections
from helpers import lessons, steps, story
from helpers.emulator.server import start
from helpers.errors import UnknownLesson
from helpers.lessons import catch_up, progress, tidy_up


def picture(connection):
    """Everything that stands in the tutorial's world, with its SIDs and times."""
    try:
        world = story.find(connection.client)
    except story.StoryMissing:
        return None
    workspace = story.workspace_of(connection.client, world)
    resources = [*workspace.workers.list(), *workspace.workflows.list(), *workspace.tasks.list()]
    return world, [(each.sid, each.date_created, each.date_updated) for each in resources]


@pytest.mark.parametrize(
    ("lesson", "stands"),
    [
        (0, None),
        (1, None),
        (2, ("Offline", None, [])),
        (3, ("Offline", "/assignment_callback", [])),
        (4, ("Offline", "/assignment_callback", ["pending"])),
        (5, ("Idle", "/assignment_callback", ["reserved"])),
        (6, ("Idle", "/assignment_callback", ["completed"])),
    ],
)
def test_each_lesson_has_its_start(connection, lesson, stands):
    """Alice's activity, the callback's path and the Tasks are where the lesson before left them."""
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


def test_a_decision_does_not_outlive_its_lesson(connection):
    """A decision function of an earlier lesson is gone: the Reservation stays pending."""
    connection.listen().decide(lambda callback: {"instruction": "accept"})

    world = catch_up(5)

    assert [task.assignment_status for task in story.workspace_of(connection.client, world).tasks.list()] == [
        "reserved"
    ]


@pytest.mark.parametrize("number", [-1, 7, "three", 2.5])
def test_unknown_lesson_is_refused(connection, number):
    """A lesson that does not exist is answered with those that do."""
    with pytest.raises(UnknownLesson, match=r"numbered 0 to 6"):
        catch_up(number)


def test_other_workspaces_of_a_server_stay(no_dotenv, monkeypatch, capsys):
    """On somebody's running emulator only the tutorial's own workspace is removed and built."""
    account_sid = "AC" + "2" * 32
    with start(account_sid=account_sid, auth_token="t" * 32) as running:
        monkeypatch.setenv("TASKROUTER_URL", running.url)
        monkeypatch.setenv("TASKROUTER_ACCOUNT_SID", account_sid)
        monkeypatch.setenv("TASKROUTER_AUTH_TOKEN", "t" * 32)
        client = connections.connect().client
        client.taskrouter.v1.workspaces.create(friendly_name="production")

        catch_up(4)
        catch_up(2)
        names = [each.friendly_name for each in client.taskrouter.v1.workspaces.list()]

        assert names == ["production", story.WORKSPACE]
        connections.disconnect()


def test_tidy_up_says_what_it_removed(connection, capsys):
    """The clean-up names the workspace it removed, and a second one finds nothing."""
    world = catch_up(2)
    capsys.readouterr()

    tidy_up()
    tidy_up()

    removed, nothing = capsys.readouterr().out.splitlines()
    assert world.workspace_sid in removed
    assert nothing == "Nothing to remove: there is no such workspace."


def test_progress_marks_the_next_step():
    """Steps that ran are ticked, the one after the last of them is pointed at."""
    lesson = steps.lesson(4)
    first, second = [step for step in lesson.steps if step.sources][:2]

    lines = progress([*first.sources, *second.sources], "local mode").splitlines()

    assert lines[0] == f"Lesson 4: {lesson.title} (local mode)"
    assert [line[0] for line in lines[1:5]] == ["✓", "✓", "→", "·"]


def test_progress_begins_with_catch_up():
    """A lesson begun again has its steps before it again, although their cells ran in this kernel."""
    every = [source for step in steps.lesson(4).steps for source in step.sources]
    beginning = next(source for source in every if "catch_up(4)" in source)

    lines = progress([*every, beginning], "local mode").splitlines()

    assert [line[0] for line in lines[1:4]] == ["✓", "→", "·"]


def test_progress_outside_the_lessons():
    """In a notebook of one's own the way to the lessons is given."""
    assert "00_start_here.ipynb" in progress(["x = 1"], "local mode")


def test_last_lesson_is_the_end_of_the_suite():
    """catch_up reaches one further than the last notebook."""
    assert max(lesson.number for lesson in steps.lessons()) + 1 == lessons.LAST
