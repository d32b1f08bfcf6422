"""Views of an evaluation as a truth table, for words, HTML and the widget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.emulator.display.blocks import Block, Column, Preformatted, Sentence, Table, View
from helpers.emulator.display.safe_text import clip, escape_hidden, one_line
from helpers.emulator.expressions import ExpressionError
from helpers.playground.contexts import Context
from helpers.playground.evaluation import CandidateResult, Evaluation
from helpers.playground.findings import describe, summarize

__all__ = ["Written", "refused_view", "trial_view", "unanswerable_view"]

_REASON_CHARACTERS = 300
_SHOWN_EXPRESSION = 200
_WORDS = {True: "yes", False: "no", None: "-"}
_MARKS = {True: "✓", False: "✗"}


@dataclass(frozen=True)
class Written:
    """Expression as typed, and its place."""

    expression: str
    place: Context

    @property
    def shown(self) -> str:
        """Expression on one line, shortened for a sentence."""
        return clip(" ".join(escape_hidden(self.expression).split()), _SHOWN_EXPRESSION)

    @property
    def title(self) -> str:
        """Title of the table."""
        return f"Expression, as {self.place.title}: {self.shown or '(empty)'}"


def trial_view(written: Written, evaluation: Evaluation, notes: Sequence[str] = ()) -> View:
    """Show the verdict on each row, clause by clause, with sentences; ``notes`` name parts without effect."""
    sentences = (summarize(evaluation, written.place), *notes, *describe(evaluation, written.place))
    table = _table(written, evaluation)
    blocks: list[Block] = [Sentence(written.title), *map(Sentence, sentences)]
    if len(evaluation.clauses) > 1:
        blocks += [
            Sentence(f"{number}: {one_line(clause.text)}") for number, clause in enumerate(evaluation.clauses, 1)
        ]
    if evaluation.verdicts:
        blocks.append(table)
    state = {
        "sentences": list(sentences),
        "clauses": [one_line(clause.text) for clause in evaluation.clauses],
        "rows": [_row_state(verdict) for verdict in evaluation.verdicts],
        "tone": "good" if evaluation.matching else "bad",
    }
    return _view(written, blocks, state)


def refused_view(written: Written, error: ExpressionError) -> View:
    """Show TaskRouter's error message, a caret below the place, and the next step."""
    headline = (
        f"This isn't a valid expression. TaskRouter answers: {clip(escape_hidden(error.message), _REASON_CHARACTERS)}"
    )
    advice = escape_hidden(error.suggestion or "")
    caret = "\n".join(escape_hidden(line) for line in error.caret().split("\n"))
    blocks: list[Block] = [
        Sentence(written.title),
        Sentence(headline),
        Preformatted("Here", caret),
        *([Sentence(advice)] if advice else []),
    ]
    state = {"sentences": [headline, *([advice] if advice else [])], "caret": caret, "tone": "bad"}
    return _view(written, blocks, state)


def unanswerable_view(written: Written, sentence: str) -> View:
    """Show why the expression can't be tried."""
    return _view(written, [Sentence(sentence)], {"sentences": [sentence], "tone": "bad"})


def _view(written: Written, blocks: Sequence[Block], state: dict[str, Any]) -> View:
    # Half a surrogate pair can't be sent to the page.
    expression = written.expression.encode("utf-8", "replace").decode()
    # All parts each time: only those that differ are sent to the widget, and it keeps the others.
    common: dict[str, Any] = {
        "expression": expression,
        "place": written.place.title,
        "caret": "",
        "clauses": [],
        "rows": None,
    }
    return View("playground", "Playground", tuple(blocks), {**common, "first": written.place.rows, **state})


def _table(written: Written, evaluation: Evaluation) -> Table:
    numbers = [Column(str(number), "status") for number in range(1, len(evaluation.clauses) + 1)]
    columns = (
        Column(written.place.rows, "name"),
        Column("Matches", "status"),
        *(numbers if len(numbers) > 1 else ()),
        Column("Value"),
        Column("Reason"),
    )
    rows = tuple(tuple(_cells(verdict, len(numbers))) for verdict in evaluation.verdicts)
    return Table("Truth table", columns, rows, "", more=evaluation.rows - len(evaluation.verdicts))


def _cells(verdict: CandidateResult, clauses: int) -> Iterator[str]:
    yield one_line(verdict.name)
    yield _WORDS[verdict.matches]
    if clauses > 1:
        yield from (_MARKS[clause] for clause in verdict.clauses) if verdict.clauses else ["-"] * clauses
    yield _long(verdict.seen)
    yield _long(verdict.why)


def _row_state(verdict: CandidateResult) -> dict[str, Any]:
    return {
        "name": one_line(verdict.name),
        "matches": _WORDS[verdict.matches],
        "clauses": list(verdict.clauses),
        "seen": _long(verdict.seen),
        "why": _long(verdict.why),
    }


def _long(text: str) -> str:
    return clip(escape_hidden(text).replace("\n", "\\n"), _REASON_CHARACTERS)
