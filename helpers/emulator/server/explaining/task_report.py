"""Report on the Tasks that no Worker has accepted, and on alerts: what a tester looks for after a failure."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...clock import Millis
from ...display.safe_text import escape_hidden, pluralize, short_sid
from ...emulator import Emulator
from ...engine.model.changes import Alert
from ...engine.model.refusals import Refused
from ...engine.model.resources import Task
from ...engine.state import WorkspaceState
from ...masking import mask
from ...portal.page_paths import name_page
from .explainer import Explainer

if TYPE_CHECKING:
    from ...explanations import Explanation, Spelling

__all__ = ["report_tasks"]

_MOST_WHOLE = 5
_MOST_LINES = 20
_MOST_ALERTS = 5
_MANY = 1_000_000
"""Number of alerts larger than any log."""

_SECONDS = 3.0
"""Time after which no further Task is explained. One takes a hundredth of a second, in a large Workspace seconds."""

_UNACCEPTED = ("pending", "canceled", "reserved")
"""Statuses of Tasks that nobody has accepted, in the order of the report."""


async def report_tasks(
    emulator: Emulator,
    explainer: Explainer,
    *,
    account_sid: str | None = None,
    spelling: type[Spelling] | None = None,
    portal: str = "",
) -> str:
    """Return why Tasks wait or were canceled, who is asked for the others, and which alerts there are.

    Five Tasks are explained in whole, if each waits for another reason, and twenty more in a line; the rest is counted.
    The text is empty if all Tasks are accepted and there is no alert.

    Args:
        account_sid: account whose Workspaces count; None for all.
        spelling: spelling of the code; None for readers over HTTP.
        portal: URL of the server, to name the page of each Task that is explained in whole; empty if there is none.
    """
    every = emulator.world.workspaces.values()
    states = [each for each in every if account_sid in (None, each.workspace.account_sid)]
    tasks = _unaccepted(states)
    told = _Told(portal)
    ends = time.monotonic() + _SECONDS
    for number, (task, state) in enumerate(tasks):
        if len(told.lines) == _MOST_LINES or time.monotonic() > ends:
            counts = Counter(each.assignment_status for each, _ in tasks[number:])
            told.lines.append("and " + ", ".join(f"{count:,} {status}" for status, count in counts.items()))
            break
        if told.add_alike(task, state, emulator.clock.now()):
            continue
        try:
            told.add(task, state, await explainer.explain(task.sid, spelling=spelling), emulator.clock.now())
        except Refused as refused:  # it was deleted meanwhile, for instance
            told.lines.append(f"{task.sid}  {refused.message}")
    sids = {each.workspace.sid for each in states}
    alerts = emulator.store.alerts(limit=_MANY)
    lines = _describe_alerts(each for each in alerts if account_sid is None or each.workspace_sid in sids)
    return mask("\n\n".join([*told.whole, *_section("Tasks in short", told.lines), *_section("Alerts", lines)]))


class _Told:
    """Explanations in whole, and lines about other Tasks."""

    def __init__(self, portal: str) -> None:
        self._portal = portal
        self.whole: list[str] = []
        self.lines: list[str] = []
        self._first: dict[object, Task] = {}
        """Task that was explained in whole, by the reasons that others can have, too."""

    def add_alike(self, task: Task, state: WorkspaceState, now: Millis) -> bool:
        """Add a line about a Task for which the same reasons hold as for another one; return False if none is known."""
        alike = self._first.get(_reasons(task, state, now)) if self._first else None
        if alike is not None:
            self.lines.append(f"{task.sid}  is {task.assignment_status}, as {_name(alike)} above")
        return alike is not None

    def add(self, task: Task, state: WorkspaceState, explanation: Explanation, now: Millis) -> None:
        """Add an explanation: in whole, if the Task waits or something would help."""
        if len(self.whole) < _MOST_WHOLE and (task.assignment_status == "pending" or explanation.fixes):
            self._first[_reasons(task, state, now)] = task
            page = name_page(self._portal, task.workspace_sid, task.sid) if self._portal else ""
            self.whole.append("\n\n".join(filter(None, [str(explanation), page])))
        else:
            short = explanation.short.removeprefix(f"{_name(task)} ")
            rest = short if short != explanation.short else f"is {task.assignment_status}: {short}"
            self.lines.append(f"{task.sid}  {rest}")


def _reasons(task: Task, state: WorkspaceState, now: Millis) -> object:
    """Return what says why a Task waits or was canceled; the same for two Tasks if it is the same for both."""
    from ...explanations.sentences.ineligibility import find_barriers  # an explanation has imported it, on its thread

    if task.assignment_status != "pending":
        return task.assignment_status, task.workflow_sid, task.reason, task.attributes
    try:
        words = [(each.worker.sid, each.words) for each in find_barriers(state, task, now)]
    except LookupError:  # its TaskQueue was deleted meanwhile
        return task.sid
    return task.workflow_sid, task.task_queue_sid, *words


def _name(task: Task) -> str:
    """Return the name of a Task in explanations."""
    return f"Task {short_sid(task.sid)}"


def _unaccepted(states: Iterable[WorkspaceState]) -> list[tuple[Task, WorkspaceState]]:
    every = ((task, state) for state in states for task in state.tasks.values())
    found = [(task, state) for task, state in every if task.assignment_status in _UNACCEPTED]
    return sorted(found, key=lambda each: (_UNACCEPTED.index(each[0].assignment_status), each[0].number))


def _describe_alerts(alerts: Iterable[Alert]) -> list[str]:
    """Return a line for each alert, or for several with the same words, the first ones first."""
    counts = Counter(f"{each.code}  {escape_hidden(each.text)}" for each in alerts)
    lines = [line if times == 1 else f"{line} ({times:,} times)" for line, times in counts.items()]
    more = len(lines) - _MOST_ALERTS
    return lines if more <= 0 else [*lines[:_MOST_ALERTS], f"and {pluralize(more, 'other alert')}"]


def _section(title: str, lines: list[str]) -> list[str]:
    return ["\n".join([title, *(f"  {line}" for line in lines)])] if lines else []
