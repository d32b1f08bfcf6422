"""Questions that a lesson asks: its own at the end, and earlier lessons' at the start."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from helpers.errors.recall_problems import NotAsked
from helpers.lessons.recall.recall_question import AskedQuestion

__all__ = ["select_end", "select_warm_up"]


@cache
def _read_modules() -> dict[int, ModuleType]:
    package = __name__.rpartition(".")[0]
    folder = import_module(package).__path__
    names = sorted(name for _, name, _ in iter_modules(folder) if re.fullmatch(r"questions_\d\d", name))
    return {int(name[-2:]): import_module(f"{package}.{name}") for name in names}


def select_end(lesson: int | str) -> list[AskedQuestion]:
    """Return the questions at the end of ``lesson``.

    Raises:
        NotAsked: it has none.
    """
    modules = _read_modules()
    number = _read_lesson(lesson, modules, "recall")
    return [AskedQuestion(number, index, each) for index, each in enumerate(modules[number].QUESTIONS, 1)]


def select_warm_up(lesson: int | str) -> list[AskedQuestion]:
    """Return the questions from earlier lessons that ``lesson`` starts with.

    Raises:
        NotAsked: it has none, as the first lesson.
    """
    modules = _read_modules()
    warming = {number: module for number, module in modules.items() if module.WARM_UP}
    number = _read_lesson(lesson, warming, "warm_up")
    return [
        AskedQuestion(earlier, index, modules[earlier].QUESTIONS[index - 1])
        for earlier, index in warming[number].WARM_UP
    ]


def _read_lesson(given: int | str, modules: Mapping[int, ModuleType], call: str) -> int:
    """Return the number of a lesson, which may be text such as "03"."""
    text = "" if isinstance(given, bool) else str(given)
    if text.isdecimal() and int(text) in modules:
        return int(text)
    numbers = [str(each) for each in modules]
    raise NotAsked(
        f"No lesson {given!r} has these questions.",
        f"Write the number of a lesson that has: {', '.join(numbers[:-1])} or {numbers[-1]}, "
        f"such as `{call}({numbers[-1]})`.",
    )
