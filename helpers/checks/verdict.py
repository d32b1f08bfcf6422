"""What a check says, in words and in colour."""

from __future__ import annotations

import html
import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FunctionType

from twilio.base.exceptions import TwilioException

from .. import hints
from ..errors import HelperError

__all__ = ["NotYet", "Verdict", "judge"]


class NotYet(Exception):
    """An answer is not right yet; the text says what is wrong with it, the hint where to look."""

    def __init__(self, wrong: str, hint: str = "") -> None:
        super().__init__(f"{wrong} Hint: {hint}" if hint else wrong)


@dataclass(frozen=True)
class Verdict:
    """The result of a check; as the last line of a cell it is shown in colour."""

    passed: bool
    text: str

    def __str__(self) -> str:
        return f"✓ {self.text}" if self.passed else f"✗ not yet: {self.text}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        colour = "var(--jp-success-color1, #2e7d32)" if self.passed else "var(--jp-warn-color1, #b26a00)"
        text = re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(str(self)))
        return f'<div style="border-left: 4px solid {colour}; padding: 2px 10px">{text}</div>'


def judge(check: Callable[..., str], answers: Sequence[object]) -> Verdict:
    """Run ``check`` on ``answers``; whatever goes wrong becomes a verdict."""
    names = list(inspect.signature(check).parameters)
    if len(answers) != len(names):
        wanted, got = _answers(len(names)), _answers(len(answers))
        return Verdict(False, f"this check wants {wanted} ({', '.join(names)}) and got {got}.")
    try:
        for name, answer in zip(names, answers, strict=True):
            _refuse_blank(name, answer)
        return Verdict(True, check(*answers))
    except (NotYet, HelperError) as wrong:
        return Verdict(False, str(wrong))
    except TwilioException as refused:
        return Verdict(False, hints.explain(refused))
    except Exception as error:
        return Verdict(False, f"your answer could not be checked: {type(error).__name__}: {error}")


def _answers(count: int) -> str:
    return {0: "no answer", 1: "one answer"}.get(count, f"{count} answers")


def _refuse_blank(name: str, answer: object) -> None:
    if answer is ... or (isinstance(answer, dict) and ... in answer.values()):
        raise NotYet(f"`{name}` is still `...`.", "replace the three dots with your answer.")
    if inspect.isfunction(answer) and _is_blank(answer):
        raise NotYet(f"`{name}` still does nothing.", "replace the three dots in it with your lines.")


def _is_blank(function: FunctionType) -> bool:
    code = function.__code__
    return code.co_code == _blank.__code__.co_code and set(code.co_consts) == {None}


def _blank() -> None: ...
