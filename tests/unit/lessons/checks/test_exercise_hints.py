"""Hints: a question, a pointer, a line, then the solution; the pointer fits the last answer."""

from __future__ import annotations

import json
import re

import pytest
from twilio.twiml.voice_response import VoiceResponse

from helpers.lessons.checks import CHECKS, HINTS, check, hint
from helpers.lessons.checks.exercise_hints import Hints, HintSteps
from tests.notebooks.generated import ROOT, lesson_paths
from tests.unit.lessons.checks.mistakes import made


def missing_from_lesson(exercise, pointer):
    """What a pointer quotes, such as a heading, that isn't in the exercise's lesson."""
    [path] = (path for path in lesson_paths() if path.name.startswith(f"{int(exercise.partition('.')[0]):02d}_"))
    lesson = path.read_text(encoding="utf-8")
    return [quoted for quoted in re.findall("“(.+?)”", pointer) if quoted not in lesson]


@pytest.mark.parametrize("exercise", CHECKS)
def test_each_exercise_has_hints(exercise):
    """The nudge is a question, the pointer a sentence, the line has one gap; none is long."""
    hints = HINTS[exercise]

    assert hints.nudge.endswith("?")
    assert hints.pointer.endswith((".", "`"))
    assert missing_from_lesson(exercise, hints.pointer) == []
    assert hints.line.count("___") == 1
    assert max(map(len, (hints.nudge, hints.pointer, hints.line))) < 250


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_solution_is_one_click_away(path):
    """After three hints the next one leads to the solution, as a link from the lesson's folder."""
    number = next(each for each in CHECKS if each.startswith(f"{int(path.stem[:2])}."))
    for _ in range(3):
        hint(number)

    assert hint(number).solution == f"solutions/{path.name}"
    assert (ROOT / "notebooks" / hint(number).solution).is_file()
    assert f'<a href="solutions/{path.name}">' in hint(number)._repr_html_()


def test_three_steps_and_the_solution():
    """Each call gives the next step, and the last stays."""
    said = [str(hint("3.1")) for _ in range(5)]

    assert [re.match("Hint [123] of 3:", each) is not None for each in said] == [True] * 3 + [False] * 2
    assert said[2].startswith("Hint 3 of 3: Fill the gap: `payload")
    assert (
        said[3]
        == said[4]
        == ("That was the last hint. The solution is one click away: solutions/03_create_a_task.ipynb")
    )


def test_pointer_fits_the_last_answer():
    """A check's own pointer replaces the general one, and comes next if another one was given before."""
    steps, hints = HintSteps(), Hints("Why?", "Look up.", "x = ___")

    steps.remember("1.1", "")
    said = [str(steps.next("1.1", hints)) for _ in range(3)]
    steps.remember("1.1", "Look at capacity.")
    steps.remember("1.1", "Look at capacity.")
    said += [str(steps.next("1.1", hints)) for _ in range(2)]

    assert said[1] == "Hint 2 of 3: Look up."
    assert said[3:] == ["Hint 2 of 3: Look at capacity.", "Hint 3 of 3: Fill the gap: `x = ___`"]


seen: set[str] = set()
"""Variable of another cell, for the mistake of 12.2."""


def always_english(request, workflow_sid):
    """Compare text with a number, in 14.2."""
    response = VoiceResponse()
    language = "es" if request.form.get("Digits") == 1 else "en"
    response.enqueue(None, workflow_sid=workflow_sid).task(json.dumps({"selected_language": language}))
    return str(response)


COMMON_MISTAKES = {
    "0.1": (["bedac"], "what comes right before “Worker reserved”"),
    "0.2": ([lambda desk: desk.workspace], "Compare your line with the one that failed"),
    "0.3": ([["Idle", "Busy"]], "Find Busy in the table"),
    "1.1": (['"es" IN languages'], "Put `NOT` before `IN`"),
    "1.2": ([{"a": "Spanish", "b": "English", "c": "Spanish", "d": "nowhere"}], "with the attributes of Task c"),
    "1.3": ([{"a": "Alice", "b": "nobody", "c": "Alice", "d": "nobody"}], "Pass expression c to `try_expression`"),
    "1.4": (["fcdea"], "Find the call that starts with `ready =`. It comes before call c"),
    "2.1": ([lambda callback: {"instruction": "accept"}], "The instruction belongs inside an `if`"),
    "2.2": ([dict.fromkeys("abcdef", "pending")], "Find the row of the reply"),
    "2.3": (["pending", lambda callback: {}], "Look at reply d of exercise 2.2"),
    "3.1": (["pending", "{}"], "below the cell that creates the Workflow"),
    "3.2": ([lambda desk: task_of(desk, {"language": "en"})], "change nothing but the language"),
    "3.3": ([["b", "c"]], '`explain(workflow, samples["e"])`'),
    "4.1": ([lambda desk: desk.workspace.tasks("WT" + "0" * 32)], "What belongs to the Task comes next"),
    "4.2": (["Alice"], "Alice's free capacity"),
    "4.3": (["TaskAge"], "Find `TaskAge` in the view of the callback"),
    "4.4": ([lambda sent: sent["WorkerSid"]], "For this callback the line is `Alice: es, waiting 1 s`"),
    "5.1": (
        [lambda workspace, task_sid: workspace.tasks(task_sid).fetch()],
        "It updates the Reservation, not the Task",
    ),
    "5.2": (["pending", "b"], "Look at the strip under “Look before you start”"),
    "5.3": (["bedca"], "Put line d before line e"),
    "5.4": (
        [lambda workspace: serve(workspace.tasks.list(assignment_status=["reserved"]))],
        "goes through a list from",
    ),
    "6.3": ([dict.fromkeys("abcdef", "pending")], "Ask two things about reply b"),
    "7.1": ([lambda response: "tunnel"], "Ask only if the header is there"),
    "7.2": ([dict.fromkeys("abcdef", "expose")], "Ask two things about moment a"),
    "7.3": ([lambda request: True], "Return what `validate` returns"),
    "8.1": ([dict(zip("abcde", ["Idle", "Idle", "Idle", "Busy", "Idle"], strict=True))], "the last line that the cell"),
    "8.2": (
        [lambda workspace, worker, busy: workspace.workers(worker).update(activity_sid=busy)],
        "a parameter for all pending offers",
    ),
    "8.3": (["cgebaf"], "Put line e before line g"),
    "8.4": ([lambda events: events[:0]], "Alice's latest `worker.activity.update` has the same `event_date_ms`"),
    "9.1": ([dict.fromkeys("abcdef", "English 0")], "Go through the filters from the top"),
    "9.2": (["acb"], "Read again what the owner wants of the first target"),
    "9.3": ([lambda desk: target(desk, known_worker_sid="task.agent_sid")], "A target ends by its own `timeout`"),
    "9.4": ([lambda desk: [{"expression": "1==1", "targets": [target(desk)]}]], "A VIP's target needs a priority"),
    "10.1": (["ab"], "Look at Task c (chat). It is offered"),
    "10.2": (["worker.channel.voice.assigned_tasks == 0"], "Which one sees the ringing call"),
    "10.3": ([lambda reservation: reservation.update(reservation_status="accepted") and "mine"], "update into `try`"),
    "13.1": ([50], "Count the waits that are 60 s or less"),
    "13.2": ([["course"]], "compare how many customers each Worker serves"),
    "13.3": ([{"timeout": 20, "back_after": 60}], "Which of the two numbers differs?"),
    "14.1": ([["call"] * 8], "Look for `selected_language` under “What does a call bring along?”"),
    "14.2": ([always_english], 'Compare with `"1"`, in quotes'),
    "14.3": (
        [lambda workspace, workflow_sid, event: (workspace, workflow_sid, event)],
        "with the `TaskCanceledReason` `hangup`",
    ),
    "12.1": ([dict.fromkeys(range(1, 10), "server error")], "The lesson shows a server error in version 3"),
    "12.2": ([lambda request, shop: [request.url, shop.emails, seen]], "Keep what you have handled in `shop.seen`"),
    "12.3": ([["board", "events", "log", "order", "calls"]], 'The step "board" separates nothing'),
    "11.1": (["a"], "Look at the five events under “In which order did they arrive?”"),
    "11.2": ([lambda events: count_ended(events, "task.completed", "task.canceled")], "For `task.deleted`, look at"),
    "11.3": ([lambda events, seconds: 0.0 * len(events) * seconds], "what does `// 1000` do?"),
}
"""A common mistake in each exercise that takes no application, and words of the pointer that fits it."""


def count_ended(events, *ends):
    """Count the Tasks that were created and haven't ended so."""
    types = {event["EventType"]: event["TaskSid"] for event in events if "TaskSid" in event}
    return int("task.created" in types and not types.keys() & {*ends})


def task_of(desk, attributes):
    """Create a Task with these attributes."""
    return desk.workspace.tasks.create(attributes=json.dumps(attributes), workflow_sid=desk.story.workflow_sid)


def target(desk, **keys):
    """Return a Workflow's target in the English queue."""
    return {"queue": desk.story.english_queue_sid, **keys}


def serve(tasks):
    """Accept the Reservation of each Task, and complete it."""
    for task in tasks:
        task.reservations.list(reservation_status="pending")[0].update(reservation_status="accepted")
        task.update(assignment_status="completed")


@pytest.mark.parametrize("exercise", COMMON_MISTAKES)
def test_common_mistake_has_a_pointer_of_its_own(desk, exercise):
    """The second hint isn't the general one, but fits what the check has seen."""
    answers, words = COMMON_MISTAKES[exercise]
    names = desk.begin(5)
    check(exercise, *(made(answer, names) for answer in answers))
    hint(exercise)
    pointer = str(hint(exercise))

    assert words in pointer
    assert missing_from_lesson(exercise, pointer) == []


def test_each_exercise_has_such_a_pointer():
    """The two that are left out need an application: see ``test_app_probe``."""
    assert {*CHECKS} - {*COMMON_MISTAKES} == {"6.1", "6.2"}


def test_wrong_answer_names_the_way_to_a_hint(desk):
    """A wrong answer ends with the call; one that is blank or right doesn't."""
    desk.begin(3)

    assert str(check("3.1", "pending", "{}")).endswith('Stuck? `hint("3.1")`')
    assert "Stuck?" not in str(check("3.1", ..., "{}"))
    assert "Stuck?" not in str(check("3.1", "canceled", '{"selected_language": "es"}'))


@pytest.mark.parametrize(("given", "words"), [("9.9", "There is no exercise '9.9'. There are 0.1"), ([], "in quotes")])
def test_hint_for_no_exercise(given, words):
    """A number that no exercise has is told, never raised."""
    assert words in str(hint(given))
