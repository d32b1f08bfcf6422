"""A cell that ran before a step it needs: which step that is, and how to go on."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping, Sequence
from subprocess import CalledProcessError

from . import steps
from .runs import Run
from .steps import Step

__all__ = ["empty_list", "missing_name", "script_failed"]

_RUN_IT = "Run that step first, or all steps up to here: menu Run > Run All Above Selected Cell."
_SHELL_VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w*)")


def missing_name(error: NameError, namespace: Mapping[str, object], history: Sequence[Run]) -> str:
    """Say which step makes the name that ``error`` misses.

    Args:
        namespace: the names that exist.
        history: the runs so far, that of the failing cell last; they tell which lesson this is.
    """
    name = error.name or ""
    step = _step_making(name, history)
    return f"{error}, and no step makes it. {_similar(name, namespace)}" if step is None else _not_yet(name, step)


def empty_list(history: Sequence[Run]) -> str:
    """Say which step was passed over, for a cell that took the first of a list in which nothing is."""
    step = _passed_over(history)
    if step is None:
        return (
            "TaskRouter listed nothing that fits, so there is no first one to take. Look at the whole list, or run "
            "the lesson's `catch_up` cell again to begin afresh."
        )
    return (
        "TaskRouter listed nothing that fits, so there is no first one to take: the step "
        f"“{step.heading}” has not run since the lesson began. {_RUN_IT}"
    )


def script_failed(error: CalledProcessError, history: Sequence[Run]) -> str:
    """Say which step sets the variable that a ``%%bash`` cell misses, or how the script ended."""
    for name in _SHELL_VARIABLE.findall(history[-1].source):
        if name not in os.environ and (step := _step_making(name, history)):
            return _not_yet(name, step)
    return (
        f"The script ended with exit code {error.returncode}; what it said stands above. Put that right, then run "
        "the cell again."
    )


def _not_yet(name: str, step: Step) -> str:
    return (
        f"`{name}` is not there yet: the step “{step.heading}” makes it, and that has not run in this kernel. {_RUN_IT}"
    )


def _step_making(name: str, history: Sequence[Run]) -> Step | None:
    every = steps.lessons()
    here = steps.lesson_of(history, every)
    return steps.step_making(name, here.steps if here else [step for each in every for step in each.steps])


def _similar(name: str, namespace: Mapping[str, object]) -> str:
    close = difflib.get_close_matches(name, [known for known in namespace if not known.startswith("_")], n=1)
    return f"Did you mean `{close[0]}`?" if close else "Compare the spelling with the cell that made it."


def _passed_over(history: Sequence[Run]) -> Step | None:
    """The first step before that of the present cell of which nothing has run; exercises may be passed over."""
    here = steps.lesson_of(history, steps.lessons())
    if here is None:
        return None
    present, ended = steps.outcomes(here, history[-1:]), steps.outcomes(here, history)
    for step in here.steps:
        if not present.keys().isdisjoint(step.cells):
            return None
        if step.cells and not step.exercise and ended.keys().isdisjoint(step.cells):
            return step
    return None
