"""Answers to questions about a Workspace, by their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...background import Background
from ...emulator import Emulator
from ...engine.model.refusals import Refused
from ..answers.given_text import Misspelt
from ..answers.source import Source, find_source
from .configuration_check import answer_configuration
from .effects import answer_effects
from .expression_trial import answer_expression
from .queue_members import answer_queues
from .reach import answer_reach
from .route import answer_route
from .why import answer_why
from .whys import answer_whys
from .workflow_tree import answer_workflow

__all__ = ["answer_question", "ask_emulator"]

Answer = dict[str, Any]

_QUESTIONS: dict[str, Callable[[Source, Mapping[str, Any]], Any]] = {
    "configuration": answer_configuration,
    "effects": answer_effects,
    "expression": answer_expression,
    "queues": answer_queues,
    "reach": answer_reach,
    "route": answer_route,
    "why": answer_why,
    "whys": answer_whys,
    "workflow": answer_workflow,
}
"""Functions that answer at once, or return the rest of the work, which touches copies only."""


def answer_question(source: Source, question: Any) -> Answer:
    """Return the answer to a question: plain JSON values; ``question`` is an object whose ``question`` is its name.

    Whatever was asked wrongly is an answer, too::

        {error: {message, hint?, line?, column?}}

    ``line`` and ``column``, from 1, are the place of a mistake in a text that was typed.
    """
    return _finish(_begin(lambda: source, question))


async def ask_emulator(
    emulator: Emulator, background: Background, question: Any, account_sid: str | None = None
) -> Answer:
    """Return the answer of an emulator, which is tried on copies, beside the requests of others.

    ``workspace`` of the question is a SID. Without it, the Workspace is found by the question's other SIDs.

    Args:
        account_sid: account that asks, and sees its own Workspaces only; None sees all.
    """
    begun = _begin(lambda: find_source(emulator, question, account_sid), question)
    return begun if isinstance(begun, dict) else await background.run(lambda: _finish(begun))


def _begin(source: Callable[[], Source], question: Any) -> Any:
    """Do what reads the Workspace itself; return the answer, or the work that is left."""
    name = question.get("question") if isinstance(question, Mapping) else None
    answer = _QUESTIONS.get(name) if isinstance(name, str) else None
    if answer is None:
        known = ", ".join(_QUESTIONS)
        return {"error": {"message": f"Ask one of these questions: {known}.", "hint": '{"question": "why", …}'}}
    return _refusing(lambda: answer(source(), question))


def _finish(begun: Any) -> Answer:
    finished: Answer = begun if isinstance(begun, dict) else _refusing(begun)
    return finished


def _refusing(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except Misspelt as mistake:
        place = {"line": mistake.line, "column": mistake.column} if mistake.line else {}
        return {"error": _error(mistake) | place}
    except Refused as refused:
        return {"error": _error(refused)}


def _error(refused: Refused) -> dict[str, Any]:
    return {"message": refused.message} | ({"hint": refused.hint} if refused.hint else {})
