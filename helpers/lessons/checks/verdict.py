"""Verdict of a check, in words and in color."""

from __future__ import annotations

import ast
import html
import inspect
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from types import FunctionType
from typing import Literal

from twilio.base.exceptions import TwilioException

from helpers.errors import HelperError
from helpers.guide.emulator_advice import in_a_notebook
from helpers.guide.hints import hints
from helpers.lessons.cell_runs import Run, history
from helpers.lessons.lesson_steps import find_names

__all__ = ["NotJudged", "NotYet", "Verdict", "judge"]

State = Literal["open", "tried", "solved"]


class NotYet(Exception):
    """Error for an answer that isn't right yet: what is wrong, and a hint where to look, each a sentence of its own.

    ``pointer`` is the second step that ``hint`` gives after this answer, in place of the exercise's own.
    """

    def __init__(self, wrong: str, hint: str = "", *, pointer: str = "") -> None:
        super().__init__(_as_sentences(wrong, hint))
        self.pointer = pointer


class NotJudged(NotYet):
    """Error for an answer that is missing or can't be judged."""


@dataclass(frozen=True)
class Verdict:
    """Result of a check; as the last line of a cell it is shown in color."""

    state: State
    """State of the exercise: ``open`` if no answer was judged."""
    text: str
    pointer: str = ""
    """Pointer for ``hint``, if the check knows one for this answer."""

    @property
    def passed(self) -> bool:
        """True if the answer is right."""
        return self.state == "solved"

    def __str__(self) -> str:
        return f"✓ {self.text}" if self.passed else f"✗ Not yet. {self.text}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        color = "var(--jp-success-color1, #2e7d32)" if self.passed else "var(--jp-warn-color1, #b26a00)"
        text = re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(str(self)))
        return f'<div style="border-left: 4px solid {color}; padding: 2px 10px">{text}</div>'


def judge(exercise: str, check: Callable[..., str], answers: Sequence[object]) -> Verdict:
    """Run ``check`` on ``answers`` and return the verdict; any error becomes one, too."""
    names = list(inspect.signature(check).parameters)
    if len(answers) != len(names):
        wanted, got = _count_answers(len(names)), _count_answers(len(answers))
        call = f"`check({', '.join([f'{exercise!r}', *names])})`"
        return Verdict("open", f"This check takes {wanted} and got {got}. Write {call}.")
    try:
        _refuse_stale(exercise, names)
        for name, answer in zip(names, answers, strict=True):
            _refuse_blank(name, answer)
        return Verdict("solved", _as_sentences(check(*answers)))
    except NotJudged as wrong:
        return Verdict("open", str(wrong))
    except HelperError as error:
        return Verdict("open", in_a_notebook(error))
    except NotYet as wrong:
        return Verdict("tried", str(wrong), wrong.pointer)
    except TwilioException as refused:
        return Verdict("open", hints.explain(refused))
    except Exception as error:
        return Verdict("open", f"Your answer could not be checked: {_describe(error)}")


def _as_sentences(*parts: str) -> str:
    """Join texts as sentences, each with a capital letter; the ones that begin with code or a quotation keep it."""
    return " ".join(f"{part[0].upper()}{part[1:]}" for part in parts if part)


def _describe(error: Exception) -> str:
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:  # an answer's own __str__ or __repr__ can raise as well
        return type(error).__name__


def _count_answers(count: int) -> str:
    return {0: "no answer", 1: "one answer"}.get(count, f"{count} answers")


def _refuse_stale(exercise: str, names: Iterable[str]) -> None:
    """Raise ``NotJudged`` for an answer that is left from an earlier run of its cell."""
    runs = history()
    for name in _find_answers(runs[-1].source, exercise, names):
        latest = next((run for run in reversed(runs) if _answers_with(run, exercise, name)), None)
        if latest is not None and latest.error:
            raise NotJudged(
                f"the cell with your answer stopped with {latest.error}, so `{name}` may still hold an earlier answer.",
                "fix the error first, then run that cell and this one again.",
            )
        if latest is not None and not _gives(latest, name):
            maker = next((run for run in reversed(runs) if name in find_names(run.source)), None)
            if maker is not None and maker.cell_id == latest.cell_id:
                raise NotJudged(
                    f"the cell with your answer gives `{name}` no value now; it holds what an earlier run gave it.",
                    f"write `{name} = …`, with one equals sign.",
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


def _refuse_blank(name: str, answer: object) -> None:
    if answer is ...:
        raise NotJudged(f"`{name}` is still `...`.", "replace the three dots with your answer.")
    if isinstance(answer, dict):
        for key, value in answer.items():
            if value is ...:
                raise NotJudged(f'`{name}["{key}"]` is still `...`.', "replace the three dots with your answer.")
    if inspect.isfunction(answer) and _is_blank(answer):
        raise NotJudged(f"`{name}` still does nothing.", "write your lines into it.")


def _is_blank(function: FunctionType) -> bool:
    code = function.__code__
    return code.co_code == _blank.__code__.co_code and set(code.co_consts) == {None}


def _blank() -> None: ...
