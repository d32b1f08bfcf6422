"""Where each lesson starts, and where in it the learner is.

``catch_up(3)`` makes what lessons 1 and 2 made, with the same SDK calls, so each notebook stands
alone. In the kernel's own emulator it starts from nothing: whatever path led here, SIDs and
lesson time come out the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from helpers.callbacks import Listener
from helpers.connection import Connection, connect, current
from helpers.errors import TunnelError, UnknownLesson
from helpers.lessons import cell_runs, lesson_steps, story
from helpers.lessons.cell_runs import Run
from helpers.lessons.lesson_steps import Cell, Step
from helpers.lessons.story import Story

__all__ = ["LAST", "catch_up", "progress", "tidy_up", "where_am_i"]

LAST = 6
"""The highest number ``catch_up`` takes: the world after lesson 5."""

SPANISH = {"selected_language": "es"}

_PLAN = (
    f"1 workspace “{story.WORKSPACE}” ({len(story.ACTIVITIES)} activities, {len(story.WORKERS)} workers, "
    f"{len(story.QUEUES)} task queues, 1 workflow)"
)


def catch_up(lesson: int) -> Story | None:
    """Bring the world to where ``lesson`` starts, say what stands, and return its SIDs.

    Lessons 0 and 1 start with nothing, so they get None. In live mode only the tutorial's own
    workspace is touched, and what will be made is said first.

    Raises:
        UnknownLesson: lessons are numbered 0 to 6, where 6 is the end of lesson 5.
    """
    if type(lesson) is not int or lesson not in range(LAST + 1):  # True and 5.0 equal numbers
        raise UnknownLesson(lesson, LAST)
    connection = connect()
    _start_afresh(connection, lesson)
    world = _build(connection, lesson) if lesson > 1 else None
    connection.wire.clear()
    there = [text for first, text, _ in _STAGES if first <= lesson] or ["nothing is there yet"]
    print(f"Lesson {lesson} starts here:", *(f"- {text}" for text in there), sep="\n")
    return world


def tidy_up() -> None:
    """Delete the tutorial's workspace with all that is in it, close the tunnel, and say so."""
    connection = connect()
    removed = story.remove(connection.client)
    connection.listen().hide()
    what = ", ".join(f"{story.WORKSPACE} ({sid})" for sid in removed)
    print(f"Removed: {what}, with everything in it." if removed else "Nothing to remove: there is no such workspace.")


def where_am_i() -> None:
    """Say which lesson this is, in which mode, what is done, and what to do next."""
    from helpers.lessons import checks  # here, as catch_up() doesn't need it, and every lesson begins with that

    connection = current()
    mode = f"{connection.mode} mode" if connection else "not connected: run the set-up cell"
    print(progress(cell_runs.history(), checks.results, mode))


def progress(history: Sequence[Run], results: Mapping[str, str], mode: str) -> str:
    """Return the steps of the lesson that ``history`` belongs to, one a line; an arrow marks the first that isn't done.

    A step is done when each of its cells ran without an error since the lesson began, an exercise when its
    check said that it is right. A step that this TaskRouter has no past for is passed over.

    Args:
        history: the runs of this kernel, the present one last.
        results: what the checks said, by exercise (see ``helpers.lessons.checks.results``).
    """
    lesson = lesson_steps.lesson_of(history, lesson_steps.lessons())
    if lesson is None:
        return f"You are outside the lessons ({mode}). Open notebooks/00_start_here.ipynb."
    ended = lesson_steps.outcomes(lesson, history)
    lines = [f"Lesson {lesson.number}: {lesson.title} ({mode})"]
    arrow = "→"
    for step in lesson.steps:
        if not step.cells:
            continue
        if "passed over" in map(ended.get, step.cells):
            lines.append(f"· {step.heading} (needs the emulator of this kernel)")
            continue
        is_done, words = _state_of(step, ended, results)
        mark, arrow = ("✓", arrow) if is_done else (arrow, "·")
        lines.append(f"{mark} {step.heading}{f' ({words})' if words else ''}")
    return "\n".join(lines)


def _state_of(step: Step, ended: Mapping[Cell, str], results: Mapping[str, str]) -> tuple[bool, str]:
    """Whether the step is done, and what else there is to say about it."""
    count = sum(cell in ended for cell in step.cells)
    has_failed = any(ended.get(cell) == "failed" for cell in step.cells)
    if step.exercise:
        result = results.get(step.exercise, "open")
        return result == "solved", "failed" if has_failed and result != "solved" else result
    if has_failed or 0 < count < len(step.cells):
        return False, "failed" if has_failed else f"{count} of {len(step.cells)} cells ran"
    return count > 0, ""


def _start_afresh(connection: Connection, lesson: int) -> None:
    if connection.mode == "live":
        creates = f", then creates {_PLAN}" if lesson > 1 else ""
        print(f"Live: in your Twilio account this deletes the workspace “{story.WORKSPACE}”, if there is one{creates}.")
    connection.reset()
    if connection.emulator is None:
        story.remove(connection.client)
    listener = connection.listen()
    listener.decide(None)
    listener.inbox.clear()


def _build(connection: Connection, lesson: int) -> Story:
    world = story.build(connection.client)
    for first, _, action in _STAGES:
        if action is not None and first <= lesson:
            action(connection, world)
    return world


def _listen(connection: Connection, world: Story) -> None:
    listener = connection.listen()
    listener.create_tasks_with(connection.client, world.workspace_sid, world.workflow_sid)
    if connection.mode == "local" or _exposed(listener):
        workflow = story.workspace_of(connection.client, world).workflows(world.workflow_sid)
        workflow.update(assignment_callback_url=listener.assignment_url)


def _exposed(listener: Listener) -> bool:
    try:
        listener.expose()
    except TunnelError as error:
        print(f"No callbacks will arrive. {error}")
    return listener.public_url is not None


def _create_task(connection: Connection, world: Story) -> None:
    tasks = story.workspace_of(connection.client, world).tasks
    tasks.create(attributes=json.dumps(SPANISH), workflow_sid=world.workflow_sid)


def _alice_idle(connection: Connection, world: Story) -> None:
    alice = story.workspace_of(connection.client, world).workers(world.alice_sid)
    alice.update(activity_sid=world.activity_sids["Idle"])


def _complete(connection: Connection, world: Story) -> None:
    workspace = story.workspace_of(connection.client, world)
    for task in workspace.tasks.list(assignment_status=["reserved"]):
        for reservation in workspace.tasks(task.sid).reservations.list(reservation_status="pending"):
            reservation.update(reservation_status="accepted")
        workspace.tasks(task.sid).update(assignment_status="completed", reason="lesson 5 is done")


_Action = Callable[[Connection, Story], None]

_STAGES: tuple[tuple[int, str, _Action | None], ...] = (
    (2, f"the workspace “{story.WORKSPACE}” holds Alice and Bob, two TaskQueues and a Workflow", None),
    (3, "the Workflow's assignment callback leads to this notebook's listener", _listen),
    (4, "a Spanish Task is pending", _create_task),
    (5, "Alice is Idle, and a Reservation offers her the Task", _alice_idle),
    (6, "she accepted it, and the Task is completed", _complete),
)
"""From which lesson on something is there, how that reads, and what makes it."""
