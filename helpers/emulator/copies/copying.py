"""Copies of a Workspace: one that was read with GET requests, or one made of pasted parts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from twilio.rest.taskrouter.v1.workspace import WorkspaceContext, WorkspaceInstance

from ..clock import Millis
from ..display.value_kinds import kind, with_article
from ..emulator_errors import NotCopyable
from ..engine.model.resources import Event, Record, TaskQueue, Workflow
from ..explanations.reading.replica import Replica
from ..explanations.reading.workspace_reader import CLOSELY_READ
from ..sdk.reader_client import make_reader
from ..sdk.sdk_reading import client_of, sid_of
from .mending import mend
from .record_redaction import redact as redact_records
from .redaction_check import find_changed_matches
from .whole_reading import read_whole
from .workspace_copy import WorkspaceCopy

__all__ = ["check_redact", "copy_workspace", "make_copy"]

_UNKNOWN = (
    "The copy calls no URL, and has none. What the API doesn't tell, it doesn't know: who of the Workers has been idle "
    "longest, where events don't show it, and earlier versions of a Workflow. A Reservation is taken to time out by "
    "its Workflow's present timeout. Statistics count only the events that were read."
)


def copy_workspace(
    workspace: object, *, redact: bool | Collection[str] = True, most_workers: int = CLOSELY_READ
) -> WorkspaceCopy:
    """Read a Workspace with GET requests only, and return a copy of it in an emulator of its own.

    Args:
        workspace: the SDK's context or instance of a Workspace, at Twilio or at an emulator.
        redact: False keeps contact data. Keys, such as ``{"nickname"}``, are redacted beside those that are known.
        most_workers: number of Workers whose channels are read, with one or two requests each; those of others are
            taken to be free.

    Raises:
        NotCopyable: an argument is something else.
        TwilioException: a request was refused.
    """
    if not isinstance(workspace, WorkspaceContext | WorkspaceInstance):
        raise NotCopyable(
            f"You passed {with_article(type(workspace).__name__)}, but only an SDK Workspace can be copied. Pass "
            "`client.taskrouter.v1.workspaces(sid)`, with a Workspace's SID, which starts with WS."
        )
    if isinstance(most_workers, bool) or not isinstance(most_workers, int) or most_workers < 0:
        raise NotCopyable(f"most_workers is a number of Workers from 0, and this is {kind(most_workers)}.")
    check_redact(redact)
    reader: Any = make_reader(client_of(workspace))
    replica, events, unread = read_whole(reader.taskrouter.v1.workspaces(sid_of(workspace)), most_workers)
    records, mended = mend(replica.records, replica.now)
    notes = [*unread, *mended, *_broken(replica, records), _UNKNOWN]
    return make_copy(records, events, replica.now, notes, redacts=redact)


def check_redact(redact: object) -> None:
    """Check what was asked for.

    Raises:
        NotCopyable: it is neither True nor False, nor a collection of keys.
    """
    if not isinstance(redact, bool | Collection):
        raise NotCopyable(f"redact is True, False or a set of keys, and this is {kind(redact)}.")


def make_copy(
    records: Sequence[Record],
    events: Sequence[Event],
    now: Millis,
    notes: Sequence[str],
    *,
    redacts: bool | Collection[str],
) -> WorkspaceCopy:
    """Return a copy with these records and events, redacted unless ``redacts`` is False."""
    if redacts is False:
        return WorkspaceCopy(records, events, now, ["Contact data was not redacted.", *notes])
    keys = () if redacts is True else (redacts,) if isinstance(redacts, str) else redacts
    redacted = redact_records(records, events, keys)
    changed = find_changed_matches(records[0].workspace_sid, list(records), redacted.records, now)
    return WorkspaceCopy(redacted.records, redacted.events, now, [_redacted(redacted.counts), *changed, *notes])


def _redacted(counts: Mapping[str, int]) -> str:
    found = ", ".join(f"{key} ({number:,})" for key, number in sorted(counts.items())) or "nothing"
    return (
        f"Redacted, values by key: {found}. Contact data is recognised by its key, or by the form of an e-mail address "
        "or phone number; a name under another key or in a text can remain. Look through a copy before you pass it on."
    )


def _broken(replica: Replica, records: Sequence[Record]) -> list[str]:
    """Return sentences about what can't be read as an expression, a configuration or JSON."""
    names = {each.sid: each for each in records}
    sentences = []
    for sid in replica.broken:
        match names.get(sid):
            case TaskQueue():
                sentences.append(f"target_workers of TaskQueue {sid} can't be read, and matches nobody here.")
            case Workflow():
                sentences.append(f"The configuration of Workflow {sid} can't be read, and has no filters here.")
            case found if found is not None:
                sentences.append(
                    f"The attributes of {type(found).__name__} {sid} aren't a JSON object, and are empty here."
                )
    return sentences
