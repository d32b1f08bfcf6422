"""Why a Task waits, and changes that keep what they promise."""

from __future__ import annotations

import pytest

from tests.unit.emulator.explanations.scenes import SCENES, desk_for, story
from tests.unit.emulator.portal.questions.conftest import ask_desk
from tests.worlds.desk import ACCOUNT_SID, AUTH_TOKEN, configuration, filter_

SPANISH, ENGLISH = {"selected_language": "es"}, {"selected_language": "en"}


def make(desk, change):
    """Make the calls of a change, as the page does: each is one request."""
    for call in change["calls"]:
        url = "https://taskrouter.twilio.com/v1/" + "/".join(call["path"])
        answer = desk.http.request(call["method"], url, data=call["form"], auth=(ACCOUNT_SID, AUTH_TOKEN))
        assert answer.status_code < 300, answer.text


def test_lesson_three(desk):
    """One sentence, one button, the same change as a call, and the proof."""
    alice, bob, workflow = story(desk)
    task = desk.task(SPANISH, workflow_sid=workflow)
    answer = ask_desk(desk, "why", task=task.sid)
    change = answer["changes"][0]

    assert answer["sentence"] == "Alice is the closest match, but has Activity Offline, which isn't available."
    assert [each["text"] for each in answer["parts"] if each["style"] == "strong"] == ["Alice", "Offline"]
    assert (change["sentence"], change["then"]) == ("Set Alice to Available.", "Then Alice is reserved.")
    assert change["button"] == change["calls"][0]["says"] == "Set Alice to Available"
    assert change["calls"][0]["form"] == {"ActivitySid": desk.activity("Available")}
    assert answer["matrix"]["columns"] == ["In the queue", "Activity available", "Capacity"]
    assert [[each["words"] for each in row["cells"]] for row in answer["matrix"]["rows"]] == [
        ['has "es"', "Offline", "0 of 1"],
        ['no "es"', "Available", "0 of 1"],
    ]
    assert [(row["worker_sid"], row["stops"]) for row in answer["matrix"]["rows"]] == [(alice.sid, 1), (bob.sid, 0)]
    assert [each["kind"] for each in answer["route"]] == ["filter", "queue"]
    assert answer["timers"][0]["name"] == "Task timeout"


@pytest.mark.parametrize("shorter", ["fewer filters", "fewer targets"])
def test_task_of_a_longer_workflow_has_a_reason(desk, shorter):
    """The Task follows the Workflow that it entered; the one of today may not have its filter or target any more."""
    queue = desk.queue("Nobody", "1==0")
    none, here = filter_("1==0", {"queue": queue}), filter_("1==1", {"queue": queue, "timeout": 9}, {"queue": queue})
    workflow = desk.workflow(none, here)
    task = desk.task(workflow_sid=workflow)
    desk.advance(9)
    left = filter_("1==1", {"queue": queue})
    now = [left] if shorter == "fewer filters" else [none, left]
    desk.workspace.workflows(workflow).update(configuration=configuration(*now))

    answer = ask_desk(desk, "why", task=task.sid)

    assert answer["sentence"].startswith("The Workflow would lead this Task to a different place now")


def test_capacity_in_use_is_told_with_its_kind(desk):
    """An offer that nobody answered uses capacity as well as a Task that somebody has."""
    desk.replies = ("{}",)
    desk.worker("Alice")
    workflow = desk.workflow(default=desk.queue())
    desk.task(workflow_sid=workflow)
    waiting = desk.task(workflow_sid=workflow)
    answer = ask_desk(desk, "why", task=waiting.sid)

    assert "is at capacity: 1 of 1 used on `default` (1 pending)." in answer["sentence"]
    assert [row["cells"][-1]["words"] for row in answer["matrix"]["rows"]] == ["1 of 1 pending"]


def test_sentence_and_button_name_the_same_worker(desk):
    """Of two Workers that are equally near, the sentence is about the one that the smallest change is about."""
    _, bob, workflow = story(desk)
    desk.workspace.workers(bob.sid).update(activity_sid=desk.activity("Offline"))
    answer = ask_desk(desk, "why", task=desk.task(ENGLISH, workflow_sid=workflow).sid)
    name = answer["changes"][0]["button"].split()[1]

    assert answer["sentence"].startswith(f"{name} is the closest match, but has Activity Offline")


def test_attributes_are_offered_to_the_editor(desk):
    """A change of one Worker's attributes is a button that opens the editor with the new text."""
    bob = desk.worker("Bob", {"languages": ["en"]})
    queue = desk.queue("Spanish", 'languages HAS "es"')
    task = desk.task(workflow_sid=desk.workflow(default=queue))
    answer = ask_desk(desk, "why", task=task.sid)
    edit = next(each for each in answer["changes"] if "edits" in each)

    assert answer["sentence"] == 'No Worker matches `languages HAS "es"`.'
    assert edit["button"] == "Edit Bob"
    assert edit["edits"] == {"worker": bob.sid, "attributes": '{"languages": ["en", "es"]}'}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("parked_on_purpose", 'the Task moves to target 2, TaskQueue "Everybody"'),
        ("parked_without_end", "none, because target 1 of 2 has no timeout, and its expression matches nobody."),
        ("sticky_without_end", 'The Task waits for "Alice" alone, and never moves on to target 2'),
        ("first_target_without_end", "The Task waits here, and never moves on to target 2"),
        ("skipped_by_skip_if", "none, because target 2 of 2 has no timeout, and is the last one."),
    ],
)
def test_next_move(name, words):
    """When a Task leaves its target and for where, or why it stays there."""
    desk = desk_for(name)
    task = SCENES[name](desk)
    move = ask_desk(desk, "why", task=task.sid)["move"]

    assert words in move["words"]
    assert move["due_ms"] == (task.date_created.timestamp() * 1000 + 600_000 if name == "parked_on_purpose" else None)


def test_ordinary_task_has_no_next_move(desk):
    """Neither one in the only target of its filter, nor one in the default filter, nor one that has ended."""
    _, _, workflow = story(desk, default=True)
    tasks = [desk.task(each, workflow_sid=workflow) for each in (SPANISH, {})]
    tasks.append(desk.task(SPANISH, workflow_sid=workflow).update(assignment_status="canceled"))

    assert ["move" in ask_desk(desk, "why", task=each.sid) for each in tasks] == [False] * 3


def test_offer_that_is_in_the_way_is_answered(desk):
    """The button says what it does, and the call answers the Reservation that exists."""
    task = SCENES["phone_rings_and_somebody_else_is_there"](desk)
    changes = ask_desk(desk, "why", task=task.sid)["changes"]
    change = next(each for each in changes if each["button"].startswith("Reject WR"))
    make(desk, change)

    assert change["calls"][0]["form"] == {"ReservationStatus": "rejected"}
    assert change["then"] == "Then Alice is reserved."
    assert task.fetch().assignment_status == "reserved"


def test_reserved(desk):
    """An offer has an end, and nothing is to change."""
    _, bob, workflow = story(desk)
    answer = ask_desk(desk, "why", task=desk.task(ENGLISH, workflow_sid=workflow).sid)

    assert answer["sentence"] == "Bob has an offer; 2:00 left to accept."
    assert (answer["lead"], answer["worker_sid"], answer["changes"]) == ("Offered to Bob", bob.sid, [])


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("accepted", "Bob has accepted it and is working on it."),
        ("wrapping", "Bob is wrapping up. This uses capacity until the Task is completed."),
        ("completed", "Bob has completed it."),
    ],
)
def test_with_a_worker(desk, status, sentence):
    """Whoever has the Task is named."""
    _, _, workflow = story(desk)
    task = desk.task(ENGLISH, workflow_sid=workflow)
    for each in ("accepted", "wrapping", "completed"):
        desk.answer(task, each)
        if each == status:
            break

    assert ask_desk(desk, "why", task=task.sid)["sentence"] == sentence


@pytest.mark.parametrize(
    ("end", "sentence"),
    [
        ("none", "Canceled at once: no filter matches, and there is no default filter."),
        ("time", "Canceled: the timeout of its last target passed before anybody accepted."),
        ("caller", "Canceled: hung up."),
    ],
)
def test_canceled(desk, end, sentence):
    """Each end has its sentence: three of them have the same reason at Twilio."""
    workflow = desk.workflow(filter_('lang == "en"', {"queue": desk.queue("English", "1==0"), "timeout": 9}))
    task = desk.task({"lang": "fr" if end == "none" else "en"}, workflow_sid=workflow)
    if end == "time":
        desk.advance(20)
    if end == "caller":
        task.update(assignment_status="canceled", reason="hung up")

    assert ask_desk(desk, "why", task=task.sid)["sentence"] == sentence


def test_parked(desk):
    """A target that matches nobody is told as such, and no Worker as the closest match to it."""
    desk.worker("Alice")
    step = {"queue": desk.queue("Everybody"), "expression": "1==0"}
    task = desk.task(workflow_sid=desk.workflow(filter_("1==1", step)))

    assert ask_desk(desk, "why", task=task.sid)["sentence"] == (
        "The target expression `1==0` matches nobody, possibly on purpose."
    )


def test_gone(desk, ask):
    """A Task that was removed, and whatever isn't a SID."""
    _, _, workflow = story(desk)
    task = desk.task(SPANISH, workflow_sid=workflow)
    task.delete()

    for sid in (task.sid, "WT" + "0" * 32, None, 7, [], {}):
        assert ask("why", task=sid)["sentence"].startswith("This Task no longer exists.")


def test_tasks_ahead_are_counted(desk):
    """Whoever goes first is said, as the change alone wouldn't help."""
    _, _, workflow = story(desk)
    tasks = [desk.task(SPANISH, workflow_sid=workflow) for _ in range(3)]
    answer = ask_desk(desk, "why", task=tasks[2].sid)

    assert answer["sentence"].endswith("which isn't available. 2 Tasks are ahead in this queue.")
    buttons = [change["button"] for change in answer["changes"]]
    assert buttons[0] == "Set Alice to Available, and 1 more change"
    assert len(set(buttons)) == len(buttons)


def test_last_of_a_crowd_gets_no_false_promise(desk):
    """Though not all Tasks are copied, those ahead are counted, and the change gets this one reserved, not another."""
    _, _, workflow = story(desk)
    tasks = [desk.task(SPANISH, workflow_sid=workflow) for _ in range(150)]
    answer = ask_desk(desk, "why", task=tasks[-1].sid)
    assert answer["sentence"].endswith("149 Tasks are ahead in this queue.")
    make(desk, answer["changes"][0])

    assert desk.offers(tasks[-1]) == [("Alice", "pending")]


@pytest.mark.parametrize("name", SCENES)
def test_promise_holds(name):
    """The first change of each scene is made by its calls alone, and whoever it names is reserved."""
    desk = desk_for(name)
    task = SCENES[name](desk)
    answer = ask_desk(desk, "why", task=task.sid)
    if not answer["changes"]:
        return
    make(desk, answer["changes"][0])
    latest = max(desk.workspace.tasks.list(), key=lambda each: each.date_created)
    mine = latest if answer["status"] == "canceled" else task

    reserved = [worker for worker, status in desk.offers(mine) if status == "pending"]
    assert answer["changes"][0]["then"].startswith(f"Then {' and '.join(reserved)} ")


def test_names_stay_text(desk):
    """Markup and directions in names can't reach the page's own words."""
    hostile = '<img src=x onerror="alert(1)"> \u202e'
    desk.worker(hostile, activity="Offline")
    task = desk.task(workflow_sid=desk.workflow(default=desk.queue(hostile)))
    answer = ask_desk(desk, "why", task=task.sid)

    assert "\u202e" not in str(answer)
    assert answer["parts"][0]["text"].startswith("<img")


def test_many_workers_are_tried_in_part(desk):
    """Beyond 250 Workers the answer says so, and has those nearest to the queue."""
    for number in range(260):
        desk.worker(f"Worker {number}", {"level": number}, "Offline")
    task = desk.task(workflow_sid=desk.workflow(default=desk.queue("Best", "level >= 255")))
    answer = ask_desk(desk, "why", task=task.sid)

    assert answer["partial"] == "250 of 260 Workers were tried, the nearest first."
    assert len(answer["matrix"]["rows"]) == 250
    assert answer["changes"][0]["button"] == "Set Worker 255 to Available"
