"""Judge of answers: it runs a check on them, and whatever happens becomes a verdict."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence

from twilio.base.exceptions import TwilioException

from helpers.errors import HelperError
from helpers.guide.emulator_advice import in_a_notebook
from helpers.guide.hints import hints
from helpers.lessons.checks.answers import describe_error
from helpers.lessons.checks.general_answers import refuse_blank, refuse_stale
from helpers.lessons.checks.verdict import NotJudged, NotYet, Verdict, join_sentences

__all__ = ["judge"]


def judge(exercise: str, check: Callable[..., str], answers: Sequence[object]) -> Verdict:
    """Run ``check`` on ``answers`` and return the verdict; any error becomes one, too."""
    names = list(inspect.signature(check).parameters)
    if len(answers) != len(names):
        wanted, got = _count_answers(len(names)), _count_answers(len(answers))
        call = f"`check({', '.join([f'{exercise!r}', *names])})`"
        return Verdict("open", f"This check takes {wanted} and got {got}. Write {call}.")
    try:
        refuse_stale(exercise, names)
        for name, answer in zip(names, answers, strict=True):
            refuse_blank(name, answer)
        return Verdict("solved", join_sentences(check(*answers)))
    except NotJudged as wrong:
        return Verdict("open", str(wrong))
    except HelperError as error:
        return Verdict("open", in_a_notebook(error))
    except NotYet as wrong:
        return Verdict("tried", str(wrong), wrong.pointer)
    except TwilioException as refused:
        return Verdict("open", hints.explain(refused))
    except Exception as error:
        return Verdict("open", f"Your answer couldn't be checked: {describe_error(error)}")


def _count_answers(count: int) -> str:
    return {0: "no answer", 1: "one answer"}.get(count, f"{count} answers")
