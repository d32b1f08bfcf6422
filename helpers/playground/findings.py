"""Sentences on an evaluation: which rows match, and which clauses are true or false for all of them."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.emulator.display.safe_text import clip, one_line
from helpers.playground.candidates import MOST
from helpers.playground.contexts import Context
from helpers.playground.evaluation import ClauseSummary, Evaluation

__all__ = ["describe", "summarize"]

_NAMED = 5


def summarize(evaluation: Evaluation, place: Context) -> str:
    """Return one sentence that says which rows match."""
    of, matching = place.rows, evaluation.matching
    if not evaluation.rows:
        return f"There is no {of} to try it on: the list is empty."
    if not evaluation.tried:
        return "It couldn't be tried on anything. The table says why."
    if place.name == "skip_if":
        return _summarize_skip_if(evaluation)
    if not matching:
        return f"It matches {'nobody' if of == 'Worker' else 'none'}: 0 of {_count(evaluation.tried, of)}."
    named = ", ".join(matching[:_NAMED]) + (", …" if len(matching) > _NAMED else "")
    all_of = "all of " if len(matching) == evaluation.tried > 1 else f"{len(matching)} of "
    return _sentence(f"It matches {all_of}{_count(evaluation.tried, of)}: {named}")


def describe(evaluation: Evaluation, place: Context) -> Iterator[str]:
    """Yield further sentences, on clauses, rows and limits."""
    yield from _misplaced(evaluation, place)
    if evaluation.tried and evaluation.clauses and not evaluation.reads and place.name != "skip_if":
        yield "It reads no attribute, so the result is always the same."
    elif evaluation.tried > 1:
        for number, clause in enumerate(evaluation.clauses, 1):
            yield from _about(clause, number, evaluation, "everybody" if place.rows == "Worker" else "all of them")
    if evaluation.mixes:
        yield "AND was evaluated before OR. Twilio doesn't document which comes first: write parentheses to be sure."
    if evaluation.tried < evaluation.rows:
        not_tried = f"{evaluation.rows - evaluation.tried} of {_count(evaluation.rows, place.rows)}"
        yield f"{not_tried} couldn't be tried. The table says why."
    if evaluation.more_clauses:
        more = "1 more is" if evaluation.more_clauses == 1 else f"{evaluation.more_clauses} more are"
        yield f"The first {len(evaluation.clauses)} clauses are shown, {more} not."
    if evaluation.rows > (shown := len(evaluation.verdicts)):
        yield f"{shown} of {_count(evaluation.rows, place.rows)} are shown, those that match first."
    if evaluation.rows == MOST:
        yield f"At most {MOST} are tried. If there are more, they were left out."


def _misplaced(evaluation: Evaluation, place: Context) -> Iterator[str]:
    """Yield a sentence on names that the expression can't read in its place."""
    roots = {path[0] for path in evaluation.reads if len(path) > 1}
    strange = roots & {"task", "worker"} if place.name == "filter" else roots & {"task"}
    if place.rows in ("Worker", "Task") and strange:
        yield (
            f"{min(strange)}.… works only in a target's expression. To try it as one, pass Workers and Tasks: "
            "try_expression(expression, workspace.workers.list(), workspace.tasks.list())."
        )
    if place.name == "target" and any(path[:2] == ("worker", "channel") for path in evaluation.reads):
        yield "A Worker's current load isn't known here, so worker.channel.… counts as missing."


def _summarize_skip_if(evaluation: Evaluation) -> str:
    if evaluation.matching:
        return "True: the target is skipped if no Worker can be reserved at once."
    return _sentence(f"False: the Task waits in the target. {evaluation.verdicts[0].why}")


def _about(clause: ClauseSummary, number: int, evaluation: Evaluation, everybody: str) -> Iterator[str]:
    """Yield a sentence on a clause with one verdict for all rows; an only clause counts if it's false for all."""
    alone = len(evaluation.clauses) == 1
    which = "It" if alone else f"Clause {number} ({clip(one_line(clause.text), 60)})"
    if clause.true == 0:
        same = f": {clause.reasons[0]}" if len(clause.reasons) == 1 else ", for different reasons"
        yield _sentence(f"{which} is false for {everybody}{same}")
    elif clause.true == evaluation.tried and not alone:
        yield f"{which} is true for {everybody}, so it makes no difference here."


def _count(number: int, noun: str) -> str:
    plural = {"Task and Worker": "pairs of Task and Worker"}.get(noun, f"{noun}s")
    return f"{number} {plural}" if number != 1 else f"1 {noun}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "…")) else f"{text}."
