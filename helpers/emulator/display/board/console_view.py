"""The whole console in words: clock, board, lifecycle of the Task with the latest event, and events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...engine.model.event_types import names_in, unknown_types
from ..blocks import Block, Column, Sentence, Table, View
from ..durations import clock_time
from ..safe_text import one_line, short_sid
from ..views.lifecycle_view import lifecycle_view
from .board_view import board_tables
from .clock_view import clock_sentences
from .events_view import event_sentence
from .unanswered_offers import moved_workers, repeated_offers
from .workspace_snapshot import LISTED, WorkspaceSnapshot

__all__ = ["console_view"]

_EVENTS_IN_WORDS = 20
_ODD_FILTER = "The events filter of this Workspace has a type that doesn't exist."
_EVENTS = (Column("Time"), Column("Event"), Column("What happened"))


def console_view(snapshot: WorkspaceSnapshot, doubts: Sequence[str] = ()) -> View:
    """Show a Workspace; its widget has messages of its own.

    Args:
        doubts: sentences about callbacks, which may not arrive.
    """
    name = one_line(snapshot.workspace.friendly_name) if snapshot.workspace is not None else "no Workspace"
    return View(kind="", name=f"Console({name})", blocks=_blocks(snapshot, name, doubts))


def _blocks(snapshot: WorkspaceSnapshot, name: str, doubts: Sequence[str]) -> tuple[Block, ...]:
    warnings = tuple(map(Sentence, [*_warnings(snapshot), *doubts]))
    if snapshot.workspace is None:
        return warnings
    return (
        Sentence(f"Workspace {name} ({short_sid(snapshot.workspace.sid)})"),
        *warnings,
        *map(Sentence, clock_sentences(snapshot)),
        *_focus_blocks(snapshot),
        *board_tables(snapshot),
        _timeline(snapshot),
    )


def _warnings(snapshot: WorkspaceSnapshot) -> list[str]:
    cut = [f"Showing the first {LISTED} {what}. Counts and lists leave out the rest." for what in snapshot.cut]
    trouble = [snapshot.trouble] if snapshot.trouble else []
    return [*trouble, *cut, *_unknown_events(snapshot), *moved_workers(snapshot), *repeated_offers(snapshot)]


def _unknown_events(snapshot: WorkspaceSnapshot) -> list[str]:
    """Return a sentence on the names in the events filter that no event has."""
    unknown = unknown_types(names_in(getattr(snapshot.workspace, "events_filter", None)))
    return [" ".join([_ODD_FILTER, *map(one_line, unknown)])] if unknown else []


def _focus_blocks(snapshot: WorkspaceSnapshot) -> tuple[Block, ...]:
    """Return the lifecycle strip of the Task with the latest event; nothing if there is none."""
    told = (each.event_data.get("task_sid") for each in reversed(snapshot.events))
    sid = next((sid for sid in told if sid in snapshot.tasks), None)
    return () if sid is None else lifecycle_view(snapshot.tasks[sid], snapshot.reservations.get(sid, ())).blocks


def _timeline(snapshot: WorkspaceSnapshot) -> Table:
    rows = tuple(_event_row(event) for event in reversed(snapshot.events[-_EVENTS_IN_WORDS:]))
    more = len(snapshot.events) - len(rows)
    return Table("Events, the newest first", _EVENTS, rows, "no events yet", more=more)


def _event_row(event: Any) -> tuple[str, str, str]:
    sentence = event_sentence(event.event_type, event.event_data, event.description)
    return clock_time(event.event_date), one_line(event.event_type), sentence
