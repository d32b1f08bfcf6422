"""Comparison of two branches of a Workspace, or of a branch with the present, by their Tasks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from helpers.emulator.display.blocks import Column, Sentence, Table
from helpers.emulator.display.durations import span, utc_time
from helpers.emulator.display.safe_text import one_line, pluralize, short_sid
from helpers.emulator.display.views.page_view import page_view
from helpers.emulator.display.views.tables.table_view import SHOWN_ROWS
from helpers.errors.time_machine_problems import UnknownMoment
from helpers.guide.passed_over import PassedOver
from helpers.output.display import Display
from helpers.timemachine.branches import DEFAULT_NAME, Branch
from helpers.timemachine.finding import open_past
from helpers.timemachine.task_outcomes import TaskOutcome, read_outcomes

__all__ = ["BranchComparison", "compare"]

PRESENT = "the present"

_COLUMNS = (Column("Task", "sid"), Column("Attributes", "json"))


@dataclass(frozen=True)
class _Side:
    name: str
    now: int
    outcomes: dict[str, TaskOutcome]

    @classmethod
    def of(cls, branch: Branch) -> _Side:
        name = DEFAULT_NAME if branch.name == DEFAULT_NAME else f"“{branch.name}”"
        return cls(name, branch.now_ms, read_outcomes(branch.events()))

    @classmethod
    def present(cls, workspace_sid: str) -> _Side:
        origin = open_past().present()
        events = [event for event in origin.events if event.workspace_sid == workspace_sid]
        return cls(PRESENT, origin.moment.at, read_outcomes(events))


class BranchComparison(Display):
    """Display of the Tasks that went differently; ``differences`` has a sentence for each, by Task SID."""

    def __init__(self, one: _Side, other: _Side) -> None:
        pairs = {sid: (one.outcomes.get(sid), other.outcomes.get(sid)) for sid in one.outcomes | other.outcomes}
        self.differences = {
            sid: sentence for sid, pair in pairs.items() if (sentence := _difference(*pair, one.name, other.name))
        }
        blocks = [*_summary(one, other, len(self.differences), len(pairs))]
        blocks += [Sentence(f"Task {short_sid(sid)}: {each}.") for sid, each in self._shown()]
        if self.differences:
            rows = tuple(_row(sid, *pairs[sid], one.now) for sid, _ in self._shown())
            title = f"Tasks with a different outcome ({len(self.differences)})"
            ways = (Column(f"In {each.name}") for each in (one, other))
            more = len(self.differences) - len(rows)
            blocks.append(Table(title, (*_COLUMNS, *ways), rows, empty="", more=more))
        name = f"Comparison({len(self.differences)} of {pluralize(len(pairs), 'Task')})"
        super().__init__(page_view(name, blocks))

    def _shown(self) -> list[tuple[str, str]]:
        return list(self.differences.items())[:SHOWN_ROWS]


def compare(one: Branch, other: Branch | None = None) -> BranchComparison | None:
    """Compare the Tasks of ``one`` with those of ``other`` or, without it, of the present.

    Returns None if a branch wasn't made, because the cell that makes it was passed over.

    Raises:
        UnknownMoment: an argument isn't a branch.
        NoHistory: this kernel has no emulator of its own.
    """
    if isinstance(one, PassedOver) or isinstance(other, PassedOver):
        return None
    for each in (one, other if other is not None else one):
        if not isinstance(each, Branch):
            raise UnknownMoment(
                type(each).__name__,
                "can't be compared. Pass branches: `compare(branch)` or `compare(branch, other)`. You get a branch "
                "from a moment: `then.branch()`.",
            )
    if other is None:
        return BranchComparison(_Side.present(one.workspace_sid), _Side.of(one))
    first, second = _Side.of(one), _Side.of(other)
    if first.name == second.name:
        second = replace(second, name=f"{second.name} (the other)")
    return BranchComparison(first, second)


def _summary(one: _Side, other: _Side, differing: int, tasks: int) -> Iterator[Sentence | Table]:
    if differing:
        yield Sentence(
            f"{differing} of {pluralize(tasks, 'Task')} had a different outcome in {other.name} than in {one.name}."
        )
    elif tasks:
        each = "the one Task" if tasks == 1 else f"each of {tasks} Tasks"
        yield Sentence(f"No differences: {each} had the same outcome in {one.name} and in {other.name}.")
    else:
        yield Sentence("No differences: there were no Tasks.")
    if one.now != other.now:
        behind, ahead = sorted((one, other), key=lambda side: side.now)
        advice = "." if behind.name == PRESENT else ". Run `branch.replay()` to bring the branch up to date."
        yield Sentence(
            f"It is {utc_time(behind.now)} in {behind.name} and {utc_time(ahead.now)} in {ahead.name}{advice}"
        )


def _difference(a: TaskOutcome | None, b: TaskOutcome | None, one: str, other: str) -> str:
    """Return what differs for a Task in ``other``; empty if nothing does."""
    if a is None or b is None:
        return f"exists only in {one if b is None else other}"
    parts = []
    if a.queue != b.queue:
        parts.append(f"in “{one_line(b.queue)}” instead of “{one_line(a.queue)}”" if b.queue else "in no TaskQueue")
    if a.words() != b.words():
        parts.append(f"{one_line(b.words())} instead of {_instead(a, b)}")
    return ", ".join([*parts, *_shifts(a, b)])


def _instead(a: TaskOutcome, b: TaskOutcome) -> str:
    """Return what ``a`` has instead, which is only the Worker's name if the status is the same."""
    return one_line(" and ".join(a.workers) if a.workers and a.status == b.status else a.words())


def _shifts(a: TaskOutcome, b: TaskOutcome) -> list[str]:
    """Return how much sooner or later a Worker was reserved, and accepted."""
    shifts = [
        (what, after - earlier)
        for what, earlier, after in (("reserved", a.reserved, b.reserved), ("accepted", a.accepted, b.accepted))
        if earlier is not None and after is not None and earlier != after
    ]
    return [
        ("" if what == b.status else f"{what} ")
        + f"{span(abs(shift) / 1000, exact=True)} {'later' if shift > 0 else 'sooner'}"
        for what, shift in shifts
    ]


def _row(sid: str, a: TaskOutcome | None, b: TaskOutcome | None, now: int) -> tuple[str, ...]:
    attributes = next(each.attributes for each in (a, b) if each is not None)
    return sid, one_line(attributes), _cell(a, now), _cell(b, now)


def _cell(outcome: TaskOutcome | None, now: int) -> str:
    if outcome is None:
        return "doesn't exist"
    where = f", in “{outcome.queue}”" if outcome.queue else ""
    return one_line(f"{outcome.words()}, since {utc_time(outcome.since, now)}{where}")
