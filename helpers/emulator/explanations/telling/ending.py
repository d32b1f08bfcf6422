"""End of an explanation: what happens without a change, and the smallest changes with their code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from ...display.blocks import Block, Preformatted, Sentence
from ...display.durations import span
from ...engine.model.statuses import WAITING
from ..search.outdated import follows_earlier
from ..search.possible_changes import TaskToMove
from ..search.search import Fix, by_itself, smallest_fixes
from ..sentences.ineligibility import Barrier
from ..sentences.phrases import join, quote, task_name
from ..spelling import Spelling
from .facts import TaskFacts
from .summary import summarize

__all__ = ["Ending", "answer", "describe_fix", "no_way", "propose"]

_SOON_MS = 2 * 3600 * 1000
"""Longest wait in milliseconds for a Reservation without a change; a later one isn't shown."""

_WAIT = "You don't have to change anything. Wait, or {move_clock}."
_UNLESS_OTHER = ", unless the earlier version of the Workflow, which the Task still follows, has different conditions"
_UNLESS_OTHERS = ", unless the earlier version of the Workflow, which some Tasks still follow, has different conditions"


class Ending(msgspec.Struct, frozen=True):
    """Summary for the top of an explanation (``short``), blocks for its end, and what both were made from."""

    short: list[Block]
    blocks: list[Block]
    fixes: list[Fix]
    barriers: list[Barrier]


def answer(
    facts: TaskFacts, subject: TaskToMove, found: list[Barrier] | None = None, notes: Mapping[str, str] | None = None
) -> Ending:
    """Search for the smallest changes, and return them with the summary of what they change."""
    fixes, barriers = smallest_fixes(facts.replica, subject), found or []
    short = summarize(facts, barriers, notes or {}, fixes[0] if fixes else None)
    soon = None if subject.is_new else _soon(facts)
    blocks: list[Block] = []
    if soon is not None:
        waiting = [each for each in facts.state.tasks.values() if each.assignment_status in WAITING]
        condition = _UNLESS_OTHERS if any(follows_earlier(facts.state, each) for each in waiting) else ""
        who, when = join(_quote_each(soon[1])), span(soon[0])
        blocks.append(Sentence(f"If nothing changes, {who} will be reserved in {when}{condition}."))
    blocks += propose(fixes, facts.spelling, title=subject.title)
    if not fixes:
        wait = None if soon is None else _WAIT.format(move_clock=facts.spelling.move_clock(soon[0]))
        blocks.append(Sentence(wait or no_way("create a Reservation")))
    return Ending([] if short is None else [Sentence(short)], blocks, fixes, barriers)


def no_way(result: str) -> str:
    """Return the sentence for a search without success."""
    return f"No small change that would {result} was found. Nothing has changed."


def propose(fixes: Sequence[Fix], spelling: Spelling, *, title: str, names_task: bool = False) -> list[Block]:
    """Return each fix in words and as code."""
    blocks: list[Block] = []
    for number, fix in enumerate(fixes):
        first = title if number == 0 else "Or a larger change" if fix.cost > fixes[0].cost else "Or"
        blocks.append(Preformatted(f"{first}: {describe_fix(fix, names_task=names_task)}", fix.code(spelling)))
    return blocks


def describe_fix(fix: Fix, *, names_task: bool) -> str:
    """Return a fix and its result in words; with ``names_task`` they name the Task that is reserved."""
    verb = "is" if len(fix.workers) == 1 else "are"
    for_task = f" for {task_name(fix.task_sid)}" if names_task else ""
    condition = _UNLESS_OTHER if fix.by_earlier_workflow else ""
    return f"{fix.sentence} Then {join(_quote_each(fix.workers))} {verb} reserved{for_task}{condition}."


def _soon(facts: TaskFacts) -> tuple[float, tuple[str, ...]] | None:
    """Return in how many seconds the Task is reserved without a change, and the Workers; None if that isn't soon."""
    found = by_itself(facts.replica, facts.task)
    if found is None or found[0] > facts.replica.now + _SOON_MS:
        return None
    return (found[0] - facts.replica.now) / 1000, found[1]


def _quote_each(names: Iterable[str]) -> list[str]:
    return [quote(name) for name in names]
