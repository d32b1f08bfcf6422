"""Answers that no check judges: those that are still blank somewhere, or left from an earlier run of their cell."""

from __future__ import annotations

import ast
import dis
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from types import FunctionType

from helpers.lessons.cell_runs import Run, history
from helpers.lessons.checks.verdict import NotJudged
from helpers.lessons.lesson_steps import find_names

__all__ = ["refuse_blank", "refuse_stale"]

_GAP = "___"
"""Gap in the line that a hint shows."""
_DEEPEST = 20


def refuse_stale(exercise: str, names: Iterable[str]) -> None:
    """Raise ``NotJudged`` for an answer that is left from an earlier run of its cell."""
    runs = history()
    for name in _find_answers(runs[-1].source, exercise, names):
        latest = next((run for run in reversed(runs) if _answers_with(run, exercise, name)), None)
        if latest is not None and latest.error:
            raise NotJudged(
                f"the cell with your answer stopped with {latest.error}, so `{name}` may still hold an earlier answer.",
                "Fix the error first, then run that cell and this one again.",
            )
        if latest is not None and not _gives(latest, name):
            maker = next((run for run in reversed(runs) if name in find_names(run.source)), None)
            if maker is not None and maker.cell_id == latest.cell_id:
                raise NotJudged(
                    f"the cell with your answer doesn't set `{name}` any more, so `{name}` still has an earlier value.",
                    f"Write `{name} = …`, with one equals sign, or its `def`.",
                )


def _find_answers(source: str, exercise: str, names: Iterable[str]) -> list[str]:
    """Return the variables that a cell passes to the check of this exercise; learners can rename them."""
    try:
        calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and len(node.args) > 1]
    except SyntaxError:  # a magic such as %%time
        return [name for name in names if re.search(rf"\b{name}\b", source)]
    checked = [each.args[1:] for each in calls if str(getattr(each.args[0], "value", exercise)) == exercise]
    found = (node for arguments in checked for each in arguments for node in ast.walk(each))
    return [node.id for node in found if isinstance(node, ast.Name)]


def _answers_with(run: Run, exercise: str, name: str) -> bool:
    return run.cell_id == f"exercise-{exercise.replace('.', '-')}" or name in find_names(run.source)


def _gives(run: Run, name: str) -> bool:
    """Return True if the cell gives the name a value, or changes its value, as ``name["a"] = 1`` does."""
    return name in find_names(run.source) or re.search(rf"\b{name}\s*[\[.]", run.source) is not None


def refuse_blank(name: str, answer: object) -> None:
    """Raise ``NotJudged`` if three dots, or a hint's gap, are left somewhere in the answer."""
    if inspect.isfunction(answer):
        _refuse_blank_lines(name, answer)
    for place, part in _walk(name, answer, set()):
        if part is ...:
            raise NotJudged(f"`{place}` is still `...`.", "Replace the three dots with your answer.")
        if type(part) is str and _GAP in part:
            raise NotJudged(f"`{place}` still has the gap `{_GAP}`.", "Write what belongs there.")


def _walk(place: str, answer: object, inside: set[int]) -> Iterator[tuple[str, object]]:
    """Yield the answer and everything in it, each with the code that leads there."""
    yield place, answer
    if id(answer) in inside or len(inside) > _DEEPEST:
        return
    for key, part in _split(answer):
        yield from _walk(f"{place}[{_spell_key(key)}]", part, inside | {id(answer)})


def _split(answer: object) -> Iterable[tuple[object, object]]:
    if isinstance(answer, dict):
        return answer.items()
    return enumerate(answer) if isinstance(answer, list | tuple) else ()


def _spell_key(key: object) -> str:
    return f'"{key}"' if isinstance(key, str) else str(key) if isinstance(key, int) else "…"


def _refuse_blank_lines(name: str, function: FunctionType) -> None:
    is_empty = _instructions(function) == _instructions(_blank)
    if is_empty and function.__name__ == name:  # the exercise's own: any other is a wrong answer
        raise NotJudged(f"`{name}` still does nothing.", "Write your lines into it.")
    if any(each is ... for each in function.__code__.co_consts):
        raise NotJudged(f"`{name}` still has `...` in its lines.", "Replace the three dots.")


def _instructions(function: Callable[..., object]) -> list[tuple[str, object]]:
    return [(each.opname, each.argval) for each in dis.get_instructions(function)]


def _blank() -> None: ...
