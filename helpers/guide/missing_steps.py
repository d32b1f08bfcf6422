"""Advice for a cell that ran before a step it needs: the step, and how to continue."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from subprocess import CalledProcessError

from helpers.guide.slips.unknown_names import advise_on_name
from helpers.lessons import lesson_steps
from helpers.lessons.cell_runs import Run
from helpers.lessons.lesson_files import read_lessons
from helpers.lessons.lesson_steps import Step

__all__ = ["explain_empty_list", "explain_missing_name", "explain_script"]

_RUN_IT = "Run that step first, or run all steps up to here: menu Run > Run All Above Selected Cell."
_SHELL_VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w*)")


def explain_missing_name(error: NameError, namespace: Mapping[str, object], history: Sequence[Run]) -> str:
    """Return which step makes the name that ``error`` misses, or what was probably meant.

    Args:
        namespace: the names that exist.
        history: the runs so far, that of the failing cell last; they show which lesson this is.
    """
    name = error.name or ""
    step = _step_making(name, history)
    if _is_comparison_only(history[-1].source, name):
        return f"`{name}` doesn't exist yet, and `==` only compares. To give it a value, write `{name} = …`."
    if trouble := _explain_run(name, step, history):
        return trouble
    if step is not None:
        return _not_yet(name, step)
    return f"{error}. {advise_on_name(name, history[-1].source, namespace, _elsewhere(name, history))}"


def explain_empty_list(history: Sequence[Run]) -> str:
    """Return which step was skipped, for a cell that took the first item of an empty list."""
    step = _passed_over(history)
    if step is None:
        return (
            "The list is empty, so it has no first item. Check what you list, or run the lesson's `catch_up` cell "
            "again to start over."
        )
    return (
        f"The list is empty, so it has no first item. The step “{step.heading}” hasn't run since the lesson started. "
        f"{_RUN_IT}"
    )


def explain_script(error: CalledProcessError, history: Sequence[Run]) -> str:
    """Return which step sets the variable that a ``%%bash`` cell misses, or how the script ended."""
    for name in _SHELL_VARIABLE.findall(history[-1].source):
        if name not in os.environ and (step := _step_making(name, history)):
            return _not_yet(name, step)
    return (
        f"The script stopped with exit code {error.returncode}. Its output is above. Fix the error, then run the "
        "cell again."
    )


def _is_comparison_only(source: str, name: str) -> bool:
    """Return True if a line of the cell is ``name == something``, probably meant as an assignment."""
    return re.search(rf"^{re.escape(name)} *==", source, re.MULTILINE) is not None


def _explain_run(name: str, step: Step | None, history: Sequence[Run]) -> str:
    """Return a sentence about the latest run of the cell that makes the name; empty if it didn't run in this kernel."""
    makers = [cell for cell in step.cells if name in lesson_steps.find_names(cell.source)] if step else []
    ids = {cell.cell_id for cell in makers} - {""}
    runs = (run for run in reversed(history[:-1]) if run.cell_id in ids or name in lesson_steps.find_names(run.source))
    making = next(runs, None)
    if making is None:
        return ""
    if making.error:
        return (
            f"`{name}` doesn't exist, because the cell that creates it stopped with {making.error}. Fix that cell "
            "and run it again, then this one."
        )
    return (
        f"`{name}` doesn't exist, although the cell that creates it has run. Either that cell gave `{name}` no "
        f"value, or `{name}` was deleted later. Check that cell and run it again, then this one."
    )


def _not_yet(name: str, step: Step) -> str:
    return (
        f"`{name}` doesn't exist yet. The step “{step.heading}” creates it, and it hasn't run in this kernel. {_RUN_IT}"
    )


def _step_making(name: str, history: Sequence[Run]) -> Step | None:
    every = read_lessons()
    here = lesson_steps.find_lesson(history, every)
    return lesson_steps.find_step(name, here.steps if here else [step for each in every for step in each.steps])


def _elsewhere(name: str, history: Sequence[Run]) -> str:
    """Return a sentence about the example or the other lesson that has the name; empty if none has."""
    every = read_lessons()
    here = lesson_steps.find_lesson(history, every)
    if here is not None and name in here.examples:
        return (
            f"`{name}` appears only in an example in the text, which no cell has run. Write its value instead, or "
            "run the example in a cell of your own."
        )
    for lesson in every:
        if step := lesson_steps.find_step(name, lesson.steps):
            return f"Lesson {lesson.number} creates it, in the step “{step.heading}”. This lesson doesn't."
    return ""


def _passed_over(history: Sequence[Run]) -> Step | None:
    """Return the first step before the failing cell's of which no cell has run; exercises don't count."""
    here = lesson_steps.find_lesson(history, read_lessons())
    if here is None:
        return None
    present, ended = lesson_steps.judge_cells(here, history[-1:]), lesson_steps.judge_cells(here, history)
    for step in here.steps if present else ():
        if not present.keys().isdisjoint(step.cells):
            return None
        if step.cells and not step.exercise and ended.keys().isdisjoint(step.cells):
            return step
    return None
