"""Short reasons in the rows of Tasks."""

from __future__ import annotations

import pytest

from helpers.emulator.explanations.reading import eligibility
from helpers.emulator.portal.questions import whys
from tests.unit.emulator.explanations.scenes import SCENES, SINGLE_TASKING, desk_for, story
from tests.unit.emulator.portal.questions.conftest import ask_desk
from tests.worlds.desk import filter_

SPANISH, ENGLISH = {"selected_language": "es"}, {"selected_language": "en"}


def words(desk, *tasks):
    """The words of each Task."""
    answer = ask_desk(desk, "whys", tasks=[task.sid for task in tasks])["whys"]
    return [answer[task.sid]["words"] for task in tasks]


def test_lesson_three(desk):
    """Each row says what its Task waits for, or what became of it."""
    _, bob, workflow = story(desk)
    tasks = [desk.task(each, workflow_sid=workflow) for each in (SPANISH, ENGLISH, ENGLISH, {"type": "support"})]

    assert words(desk, *tasks) == [
        "Alice is Offline",
        "Offered to Bob, 1:58 left",
        "Bob is at capacity",
        "Matches no filter",
    ]
    assert bob.sid == ask_desk(desk, "whys", tasks=[tasks[1].sid])["whys"][tasks[1].sid]["worker_sid"]


def test_offer_comes_with_its_end(desk):
    """The page can count: it gets the words without the time, and the end."""
    _, _, workflow = story(desk)
    task = desk.task(ENGLISH, workflow_sid=workflow)
    why = ask_desk(desk, "whys", tasks=[task.sid])["whys"][task.sid]

    assert why["lead"] == "Offered to Bob"
    assert why["due_ms"] == desk.emulator.world.workspaces[desk.workspace_sid].last_reservation(task.sid).expires


def test_row_says_when_its_task_moves_on(desk):
    """Each Task's own time, though the reason is that of many; a pending offer holds a Task in its target."""
    desk.worker("Alice")
    queue = desk.queue("Everybody")
    targets = {"queue": queue, "timeout": 30}, {"queue": queue, "timeout": 300}
    workflow = desk.workflow(filter_("1==1", *targets))
    offered, first, second = (desk.task(workflow_sid=workflow) for _ in range(3))
    rows = ask_desk(desk, "whys", tasks=[each.sid for each in (offered, first, second)])["whys"]

    assert (rows[offered.sid]["place"], rows[offered.sid]["moves_ms"]) == (
        "target 1 of 2, moves on after the offer",
        None,
    )
    assert rows[first.sid]["place"] == rows[second.sid]["place"] == "target 1 of 2, moves on"
    created = [each.date_created.timestamp() * 1000 for each in (first, second)]
    assert [rows[each.sid]["moves_ms"] for each in (first, second)] == [each + 30_000 for each in created]

    desk.advance(60)
    late = ask_desk(desk, "whys", tasks=[first.sid])["whys"][first.sid]
    assert (late["place"], late["moves_ms"]) == ("target 2 of 2, ends", created[0] + 330_000)


def test_later_life(desk):
    """Whoever accepted is named, at the end, too; a reason of the application's is shown as it is."""
    _, _, workflow = story(desk)
    task, other = (desk.task(ENGLISH, workflow_sid=workflow) for _ in range(2))
    desk.answer(task, "accepted")
    assert words(desk, task) == ["Bob"]
    task.update(assignment_status="completed")
    other.update(assignment_status="canceled", reason="<b>no longer</b>")

    assert words(desk, task, other) == ["Bob", "<b>no longer</b>"]


def test_unknown_tasks_are_gone(ask):
    """A SID that nothing has, and what is no SID at all."""
    answer = ask("whys", tasks=["WT" + "0" * 32, 7, None, "x"])

    assert {each["words"] for each in answer["whys"].values()} == {"This Task no longer exists"}
    assert len(answer["whys"]) == 2


def test_many_workers_are_counted(desk):
    """Two Workers with the same Activity are named, of more the first."""
    for name in ("Alice", "Bob", "Chen", "Dana"):
        desk.worker(name, activity="Offline")
    task = desk.task(workflow_sid=desk.workflow(default=desk.queue()))
    assert words(desk, task) == ["Alice and 3 more are Offline"]
    desk.workspace.workers.list()[3].update(activity_sid=desk.activity("Unavailable"))

    assert words(desk, task) == ["Alice and 3 more are not available"]


@pytest.mark.parametrize("name", SCENES)
def test_every_scene_has_words(name):
    """Whatever a Task waits for: a few words that say it, and none about a Worker as somebody without a name."""
    desk = desk_for(name)
    why = ask_desk(desk, "whys", tasks=[SCENES[name](desk).sid])["whys"]

    (found,) = why.values()
    assert 3 <= len(found["words"]) <= 90
    assert " they " not in f" {found['words']} "


def test_group_is_explained_once(desk, monkeypatch):
    """Tasks that are alike cost one look at the Workers, and the next question none until something changes."""
    alice, _, workflow = story(desk)
    tasks = [desk.task(SPANISH | {"number": number}, workflow_sid=workflow) for number in range(20)]
    looks = []
    monkeypatch.setattr(
        whys, "first_rule_against", lambda *given: looks.append(given) or eligibility.first_rule_against(*given)
    )
    assert set(words(desk, *tasks)) == set(words(desk, *tasks)) == {"Alice is Offline"}
    assert len(looks) == 1
    desk.move(alice, "Unavailable")

    assert set(words(desk, *tasks)) == {"Alice is Unavailable"}
    assert len(looks) == 2


def test_step_that_reads_the_time_is_asked_again(desk):
    """What depends on the time isn't remembered."""
    desk.worker("Alice")
    step = {"queue": desk.queue(), "expression": "taskrouter.currentTime > 2359"}
    task = desk.task(workflow_sid=desk.workflow(filter_("1==1", step)))

    assert words(desk, task) == ["No Worker matches the target"]
    assert not whys._known[desk.emulator.world.workspaces[desk.workspace_sid]]


def test_single_tasking():
    """A busy Worker has no capacity to speak of."""
    desk = desk_for(next(iter(SINGLE_TASKING)))
    desk.worker("Zoe")
    workflow = desk.workflow(default=desk.queue("All", "1==1"))
    for _ in range(9):
        task = desk.task(workflow_sid=workflow)

    assert words(desk, task)[0].endswith("busy")
