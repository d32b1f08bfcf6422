"""Playground widget, which tries each expression that is typed on its candidates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from helpers.emulator.display.blocks import View
from helpers.emulator.expressions import ExpressionError, parse
from helpers.output.actions import ActionResult, Click
from helpers.output.display import Display
from helpers.playground.candidates import make_candidates
from helpers.playground.contexts import PLACES, Context, choose_place, find_mismatch, make_rows
from helpers.playground.evaluation import evaluate
from helpers.playground.playground_view import Written, refused_view, trial_view, unanswerable_view

__all__ = ["Playground"]

_TWIN_CHARACTERS = 300


class Playground(Display):
    """Expression with its truth table; in a widget the expression can be edited."""

    def __init__(self, expression: Any, on: Any, tasks: Any, place: str | None, at: datetime | None) -> None:
        self._on = make_candidates(on)
        self._asks_for_more = _missing_argument(on, tasks, at)
        self._tasks = None if tasks is None else make_candidates(tasks)
        self._place = place
        self._at = at
        super().__init__(self._view_of(expression), on_click=self._typed)

    def _typed(self, click: Click) -> ActionResult:
        """Try the expression that was typed, and show the result in every view of this playground."""
        expression = str(click.get("expression", ""))
        view = self._view_of(expression)
        self._show(view)
        return ActionResult(view.state["sentences"][0], code=self._twin(expression))

    def _view_of(self, expression: Any) -> View:
        if self._asks_for_more:
            return unanswerable_view(Written("", PLACES["target_workers"]), self._asks_for_more)
        if not isinstance(expression, str):
            seen = "still `...`" if expression is ... else f"of type {type(expression).__name__}"
            problem = f"The expression is {seen}. Write it as text in quotes, such as 'languages HAS \"es\"'."
            return unanswerable_view(Written("", PLACES["target_workers"]), problem)
        place = self._place_of(expression)
        if isinstance(place, str):
            return unanswerable_view(Written(expression, PLACES["target_workers"]), place)
        written = Written(expression, place)
        try:
            parsed = parse(expression, scope=place.scope)
        except ExpressionError as error:
            return refused_view(written, error)
        clock = any(path[0] == "taskrouter" for path in parsed.references)
        evaluation = evaluate(parsed, make_rows(place, self._on, self._tasks or [], self._at, clock=clock))
        return trial_view(written, evaluation, parsed.notes())

    def _place_of(self, expression: str) -> Context | str:
        if self._place is None:
            return choose_place(expression, self._on, self._tasks)
        place = PLACES.get(self._place)
        if place is None:
            return f"place is {self._place!r}. Use one of {', '.join(PLACES)}, or leave it out."
        return find_mismatch(place, self._on, self._tasks) or place

    def _twin(self, expression: str) -> str:
        place = self._place_of(expression)
        if isinstance(place, str) or len(expression) > _TWIN_CHARACTERS:
            return "try_expression(expression, workspace.workers.list())"
        return f"try_expression({expression!r}, {place.twin})"


def _missing_argument(on: Any, tasks: Any, at: Any) -> str:
    """Return a sentence if an argument is missing or of the wrong kind, else an empty one."""
    if on is None:
        return (
            "There's nothing to try it on. Pass the Workers after the expression, try_expression('languages HAS "
            '"es"\', workspace.workers.list()), or for a filter the Tasks, workspace.tasks.list().'
        )
    if isinstance(on, str) or isinstance(tasks, str):
        return "Pass the expression first, then what to try it on: Workers, Tasks, or attributes as dicts."
    if at is not None and not isinstance(at, datetime):
        return f"at is of type {type(at).__name__}. Write a time, as in at=datetime(2026, 3, 2, 9, 30)."
    return ""
