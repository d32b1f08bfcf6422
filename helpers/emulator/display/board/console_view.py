"""View of the whole console: clock, board, lifecycle of the chosen Task, events, and requests of the listener."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from ..blocks import Block, Column, Sentence, Table, View
from ..safe_text import one_line, short_sid
from ..views.lifecycle_view import lifecycle_view
from .board_view import board_state, board_tables
from .clock_view import clock_sentences, clock_state
from .events_view import event_rows
from .unanswered_offers import repeated_offers
from .workspace_snapshot import LISTED, WorkspaceSnapshot

__all__ = ["console_view"]

_EVENTS_IN_WORDS = 20
_EVENTS = (Column("Time"), Column("Event"), Column("What happened"))
_STRIPS = 300
_EVENTS_DRAWN = 100


def console_view(
    snapshot: WorkspaceSnapshot, requests: View, *, polled: bool = False, doubts: Sequence[str] = ()
) -> View:
    """Show a Workspace.

    Args:
        requests: the view of the listener's inbox.
        doubts: sentences about callbacks, which may not arrive.
        polled: True if the page must report that it shows the console, because the Workspace is read only then.
    """
    name = one_line(snapshot.workspace.friendly_name) if snapshot.workspace is not None else "no Workspace"
    events = event_rows(snapshot.events[-_EVENTS_DRAWN:])
    state = {
        "name": name,
        "trouble": "\n".join([*_warnings(snapshot), *doubts]),
        "clock": clock_state(snapshot),
        **board_state(snapshot),
        "tasks": _strips(snapshot),
        "focus": _focus(snapshot, events),
        "events": events,
        "requests": requests.state,
        "polled": polled,
    }
    return View(kind="console", name=f"Console({name})", blocks=_blocks(snapshot, name, events, doubts), state=state)


def _blocks(
    snapshot: WorkspaceSnapshot, name: str, events: list[dict[str, str]], doubts: Sequence[str]
) -> tuple[Block, ...]:
    warnings = tuple(map(Sentence, [*_warnings(snapshot), *doubts]))
    if snapshot.workspace is None:
        return warnings
    rows = tuple((each["time"], each["type"], each["text"]) for each in events[:_EVENTS_IN_WORDS])
    timeline = Table("Events, the newest first", _EVENTS, rows, "no events yet", more=len(snapshot.events) - len(rows))
    return (
        Sentence(f"Workspace {name} ({short_sid(snapshot.workspace.sid)})"),
        *warnings,
        *map(Sentence, clock_sentences(snapshot)),
        *_focus_blocks(snapshot, events),
        *board_tables(snapshot),
        timeline,
    )


def _warnings(snapshot: WorkspaceSnapshot) -> list[str]:
    cut = [f"Only the first {LISTED} {what} were read; counts and lists hold no others." for what in snapshot.cut]
    trouble = [snapshot.trouble] if snapshot.trouble else []
    return [*trouble, *cut, *repeated_offers(snapshot)]


def _focus_blocks(snapshot: WorkspaceSnapshot, events: list[dict[str, str]]) -> tuple[Block, ...]:
    sid = _focus(snapshot, events)
    if not sid:
        return ()
    return lifecycle_view(snapshot.tasks[sid], snapshot.reservations.get(sid, ())).blocks


def _strips(snapshot: WorkspaceSnapshot) -> dict[str, dict[str, Any]]:
    """Return the lifecycle strips of the newest Tasks by Task SID."""
    shown = list(snapshot.tasks.values())[-_STRIPS:]
    return {task.sid: _strip(task, snapshot.reservations.get(task.sid, ())) for task in shown}


@lru_cache(maxsize=2 * _STRIPS)  # most Tasks are the same as in the previous snapshot
def _strip(task: Any, reservations: tuple[Any, ...]) -> dict[str, Any]:
    view = lifecycle_view(task, reservations)
    return {"name": short_sid(task.sid), "about": one_line(task.attributes), **view.state}


def _focus(snapshot: WorkspaceSnapshot, events: list[dict[str, str]]) -> str:
    """Return the SID of the Task with the latest event; the strip shows it until the reader chooses another one."""
    return next((each["task"] for each in events if each["task"] in snapshot.tasks), "")
