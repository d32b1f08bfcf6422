"""What a trial teaches, in sentences: who matches, and which clause decides nothing or keeps everybody out."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.emulator.display.safe_text import clipped, one_line
from helpers.playground.candidates import MOST
from helpers.playground.contexts import Place
from helpers.playground.evaluation import Clause, Trial

__all__ = ["findings", "headline"]

_NAMED = 5


def headline(trial: Trial, place: Place) -> str:
    """Who matches, in one sentence."""
    of, matching = place.rows, trial.matching
    if not trial.rows:
        return f"There is no {of} to try it on: the list is empty."
    if not trial.tried:
        return "It could not be tried on anything; the table says why."
    if place.name == "skip_if":
        return _skipped(trial)
    if not matching:
        return f"It matches {'nobody' if of == 'Worker' else 'none'}: 0 of {_counted(trial.tried, of)}."
    named = ", ".join(matching[:_NAMED]) + (", …" if len(matching) > _NAMED else "")
    all_of = "all of " if len(matching) == trial.tried > 1 else f"{len(matching)} of "
    return _sentence(f"It matches {all_of}{_counted(trial.tried, of)}: {named}")


def findings(trial: Trial, place: Place) -> Iterator[str]:
    """What else there is to say."""
    yield from _misplaced(trial, place)
    if trial.tried and trial.clauses and not trial.reads and place.name != "skip_if":
        yield "It reads no attribute, so it is the same for everybody, whoever comes."
    elif trial.tried > 1:
        for number, clause in enumerate(trial.clauses, 1):
            yield from _about(clause, number, trial, "everybody" if place.rows == "Worker" else "all of them")
    if trial.mixes:
        yield "AND was tried before OR. Twilio does not say which goes first: write parentheses to be sure."
    if trial.tried < trial.rows:
        not_tried = f"{trial.rows - trial.tried} of {_counted(trial.rows, place.rows)}"
        yield f"{not_tried} could not be tried; the table says why."
    if trial.more_clauses:
        more = "1 more is" if trial.more_clauses == 1 else f"{trial.more_clauses} more are"
        yield f"The first {len(trial.clauses)} clauses are shown, {more} not."
    if trial.rows > len(trial.verdicts):
        yield f"{len(trial.verdicts)} of {_counted(trial.rows, place.rows)} are shown, those that match first."
    if trial.rows == MOST:
        yield f"No more than {MOST} are tried; if there are others, they were left aside."


def _misplaced(trial: Trial, place: Place) -> Iterator[str]:
    """Names that mean nothing where the expression stands."""
    roots = {path[0] for path in trial.reads if len(path) > 1}
    strange = roots & {"task", "worker"} if place.name == "filter" else roots & {"task"}
    if place.rows in ("Worker", "Task") and strange:
        yield (
            f"{min(strange)}.… is known in a target's expression only. To try it as one, give Workers and Tasks: "
            "try_expression(expression, workspace.workers.list(), workspace.tasks.list())."
        )
    if place.name == "target" and any(path[:2] == ("worker", "channel") for path in trial.reads):
        yield "What a Worker carries at present is not known here, so worker.channel.… counts as missing."


def _skipped(trial: Trial) -> str:
    if trial.matching:
        return "True: the target is skipped if nobody can be reserved at once."
    return _sentence(f"False: the Task waits in the target. {trial.verdicts[0].why}")


def _about(clause: Clause, number: int, trial: Trial, everybody: str) -> Iterator[str]:
    """A clause that is the same for everybody; one that stands alone is told of only if it keeps everybody out."""
    alone = len(trial.clauses) == 1
    which = "It" if alone else f"Clause {number} ({clipped(one_line(clause.text), 60)})"
    if clause.true == 0:
        same = f": {clause.reasons[0]}" if len(clause.reasons) == 1 else ", for different reasons"
        yield _sentence(f"{which} is false for {everybody}{same}")
    elif clause.true == trial.tried and not alone:
        yield f"{which} is true for {everybody}: here it decides nothing."


def _counted(number: int, noun: str) -> str:
    plural = {"Task and Worker": "pairs of Task and Worker"}.get(noun, f"{noun}s")
    return f"{number} {plural}" if number != 1 else f"1 {noun}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "…")) else f"{text}."
