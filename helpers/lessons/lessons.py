"""Start of each lesson, and the learner's progress in it.

``catch_up(3)`` creates what lessons 1 and 2 created, with the same SDK calls, so each notebook
works alone. It resets the kernel's own emulator first, so that SIDs and lesson time don't depend
on what ran before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpers.connection import Connection, connect, current
from helpers.errors.lesson_problems import UnknownLesson
from helpers.lessons import cell_runs, lesson_steps, story, tidying
from helpers.lessons.cell_runs import Run
from helpers.lessons.lesson_ends import ENDS, WRITTEN
from helpers.lessons.lesson_files import read_lessons
from helpers.lessons.lesson_steps import Cell, Step
from helpers.lessons.progress import find_place, read_progress
from helpers.lessons.progress.progress_record import ProgressRecord
from helpers.lessons.progress.progress_words import print_if_lost, tell_exercises
from helpers.lessons.starts import find_start
from helpers.lessons.story import Story
from helpers.room.sharing import tell_trouble

__all__ = ["catch_up", "progress", "where_am_i"]

_NO_TUNNEL = (
    "No tunnel leads to this notebook, so TaskRouter can't call it. Where a lesson needs a callback, `wait_for` "
    "builds one from Task, Worker and Reservation. For real callbacks, run `connection.listen().expose()`, then this "
    "cell again. Lesson 7 explains it."
)


def catch_up(lesson: int) -> Story | None:
    """Create what ``lesson`` starts with, print a summary, and return the SIDs; None for lessons 0 and 1.

    Outside of an emulator of its own it first deletes the Workspace that this kernel created, and touches no other. It
    uses a tunnel that is open, and opens none.

    Raises:
        NotRemoved: that Workspace couldn't be deleted.
        StartMissed, WaitedInVain: TaskRouter didn't do its part.
        UnknownLesson: ``lesson`` is neither the number of a lesson nor the one after the last, where that ends.
    """
    if type(lesson) is not int or lesson not in (*WRITTEN, WRITTEN[-1] + 1):  # True and 5.0 equal numbers
        raise UnknownLesson(lesson, WRITTEN, has_end=True)
    connection = connect()
    _start_afresh(connection)
    world, there = _build(connection, lesson) if lesson > 1 else (None, [_tell_nothing(connection)])
    connection.wire.clear()
    print(f"Lesson {lesson} starts here:", *(f"- {text}" for text in there), sep="\n")
    return world


def where_am_i() -> None:
    """Print the lesson, the mode, the steps that are done, and the next one."""
    connection = current()
    mode = f"{connection.mode} mode" if connection else "not connected: run the set-up cell"
    print(progress(cell_runs.history(), read_progress(), mode, lasts=find_place() is not None))
    print_if_lost()
    tell_trouble()


def progress(history: Sequence[Run], record: ProgressRecord, mode: str, *, lasts: bool = False) -> str:
    """Return the steps of the lesson that ``history`` belongs to, one a line; an arrow marks the first that isn't done.

    A step is done when each of its cells ran without an error since the lesson began, an exercise when it is
    solved. A step that needs what isn't there, such as the emulator of this kernel, is passed over.

    Args:
        history: the runs of this kernel, the current one last.
        record: the learner's progress.
        lasts: True if it outlasts the kernel; then a line tells of the lesson's exercises, too.
    """
    lesson = lesson_steps.find_lesson(history, read_lessons())
    if lesson is None:
        return f"You aren't in a lesson ({mode}). Open notebooks/00_start_here.ipynb."
    ended = lesson_steps.judge_cells(lesson, history)
    lines = [f"Lesson {lesson.number}: {lesson.title} ({mode})"]
    arrow = "→"
    for step in lesson.steps:
        if not step.cells:
            continue
        if need := next((end for end in map(ended.get, step.cells) if end and end.startswith("needs")), None):
            lines.append(f"· {step.heading} ({need})")
            continue
        is_done, words = _judge(step, ended, record)
        mark, arrow = ("✓", arrow) if is_done else (arrow, "·")
        lines.append(f"{mark} {step.heading}{f' ({words})' if words else ''}")
    exercises = [step.exercise for step in lesson.steps if step.exercise]
    if lasts and exercises:
        lines.append(f"Exercises: {tell_exercises(exercises, record)}")
    return "\n".join(lines)


def _judge(step: Step, ended: Mapping[Cell, str], record: ProgressRecord) -> tuple[bool, str]:
    """Return True if the step is done, and its state in words, which are empty if there is nothing to add."""
    count = sum(cell in ended for cell in step.cells)
    has_failed = any(ended.get(cell) == "failed" for cell in step.cells)
    if step.exercise:
        result = record.state_of(step.exercise)
        return result == "solved", "failed" if has_failed and result != "solved" else result
    if has_failed or 0 < count < len(step.cells):
        return False, "failed" if has_failed else f"{count} of {len(step.cells)} cells ran"
    return count > 0, ""


def _tell_nothing(connection: Connection) -> str:
    """Return that nothing has been created; elsewhere there is what other people have."""
    return "nothing exists yet" if connection.emulator is not None else "this notebook hasn't created anything yet"


def _start_afresh(connection: Connection) -> None:
    if connection.emulator is not None:
        connection.reset()
    tidying.remove_own(connection)
    listener = connection.listen()
    if trouble := listener.tunnel_trouble():
        listener.hide()
        print(f"{trouble} It is closed now. To open another one, run `listener.expose(workflow)`.")
    listener.decide(None)
    listener.inbox.clear()


def _build(connection: Connection, lesson: int) -> tuple[Story, list[str]]:
    """Create the world and go through the lessons before ``lesson``; return its SIDs, and what is there in words."""
    if connection.account is not None:
        print(f"Live mode: this creates {_plan(connection)} in the account {connection.account}.")
    if not connection.callback_url:
        print(_NO_TUNNEL)
    start = find_start(lesson)
    if start is not None and connection.emulator is not None:
        connection.advance(start.after.total_seconds())
    world = story.build(connection.client, connection.workspace_name)
    steps = [end.make for end in ENDS if end.lesson < lesson] if start is None else start.steps
    return world, [step(connection, world) for step in steps]


def _plan(connection: Connection) -> str:
    return (
        f"the Workspace “{connection.workspace_name}” ({len(story.ACTIVITIES)} Activities, {len(story.WORKERS)} "
        f"Workers, {len(story.QUEUES)} TaskQueues, 1 Workflow)"
    )
