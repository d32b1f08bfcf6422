"""Ledger of differences between two runs: one line each, with call, field, ours and theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tests.contract.twin.correspondence import Correspondence
from tests.contract.twin.play_twice import Call, Run
from tests.contract.twin.recorder import RECEIVED

__all__ = ["Line", "find_differences"]

_SID = re.compile(r"([A-Z]{2})[0-9a-f]{32}")

_UNDERSTOOD = (
    (
        r"POST \S+/Workflows|GET \S+/Workflows",
        r"(request|workflows\[\d+\])?\.?(AssignmentCallbackUrl|assignment_callback_url)",
        r'""|null',
        "without a tunnel the Workflow has no callback URL",
    ),
    (
        r"cleanup: GET /v1/Workspaces(/WS…)?$",
        r"\(call\)",
        r"sent|missing",
        "live, a Workspace is deleted by the SID in its ledger, after fetching and comparing it",
    ),
    (
        r"start: received /assignment_callback",
        r"\(call\)",
        r"missing",
        "live, no callback comes before a tunnel is open, and this lesson opens it later",
    ),
    (
        r"list-workspaces: GET /v1/Workspaces$",
        r"workspaces\[\d+\]",
        r"\{.*",
        "an account can have other Workspaces, too",
    ),
    (
        r"start: GET \S+/Tasks$",
        r"tasks\[\d+\]\.assignment_status",
        r'"pending"',
        "live, routing takes a moment, and catch_up lists the Tasks before it waits for that",
    ),
    (
        r"GET /v1/Workspaces/WS…/Workflows/WW…$",
        r"\(call\)",
        r"sent",
        "with a tunnel, views read the Workflow, to see if its callback URL still leads here",
    ),
    (
        r"(lost|explain|strip): GET \S+/(Events|Reservations)$",
        r"(events|reservations)\[\d+\]",
        r"\{.*",
        "while a tunnel is lost TaskRouter goes on trying, and live the time passes by itself",
    ),
)
"""Patterns of a call, a field and their value, and why these differ: not because of TaskRouter."""


@dataclass(frozen=True)
class Line:
    """Difference in a field of a call."""

    call: str
    field: str
    ours: str
    theirs: str

    @property
    def reason(self) -> str:
        """Reason why it is understood; empty if it isn't."""
        for call, field, theirs, reason in _UNDERSTOOD:
            if re.search(call, self.call) and re.fullmatch(field, self.field) and re.fullmatch(theirs, self.theirs):
                return reason
        return ""

    def __str__(self) -> str:
        why = f"  (understood: {self.reason})" if self.reason else ""
        return f"{self.call}  {self.field}  ours: {self.ours}  theirs: {self.theirs}{why}"


def find_differences(ours: Run, theirs: Run) -> Iterator[Line]:
    """Yield what differs, in the order of the calls; then cells of which one alone failed, or failed otherwise."""
    correspondence = Correspondence()
    pairs = [*_pair(_sent(ours), _sent(theirs)), *_pair(_received(ours), _received(theirs))]
    for one, other in pairs:
        if one is None or other is None:
            call = one or other
            assert call is not None
            yield Line(_name(call), "(call)", *(("missing", "sent") if one is None else ("sent", "missing")))
            continue
        for part in ("status", "parameters", "body"):
            for each in correspondence.compare(getattr(one, part), getattr(other, part)):
                field = {"parameters": f"request.{each.field}", "status": "status"}.get(part, each.field or "body")
                yield Line(_name(one), field, each.ours, each.theirs)
    for cell in [*ours.errors, *(cell for cell in theirs.errors if cell not in ours.errors)]:
        before, after = (run.errors.get(cell, "none") for run in (ours, theirs))
        if before != after:
            yield Line(cell, "(error)", before, after)


def _pair(ours: Sequence[Call], theirs: Sequence[Call]) -> Iterator[tuple[Call | None, Call | None]]:
    """Yield the calls that are each other's, in order, and those that one side lacks, with None."""
    matcher = SequenceMatcher(None, [_key(each) for each in ours], [_key(each) for each in theirs], autojunk=False)
    for tag, begin, end, other_begin, other_end in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(ours[begin:end], theirs[other_begin:other_end], strict=True)
        else:
            yield from ((each, None) for each in ours[begin:end])
            yield from ((None, each) for each in theirs[other_begin:other_end])


def _received(run: Run) -> list[Call]:
    """Return what the listener received, in its order."""
    return [call for call in run.calls if call.method == RECEIVED]


def _sent(run: Run) -> list[Call]:
    """Return the requests to TaskRouter. Of a GET that a cell repeats at once, the last counts: it polls."""
    kept: list[Call] = []
    for call in run.calls:
        if call.method == RECEIVED:
            continue
        if kept and call.method == "GET" and _asked(kept[-1]) == _asked(call):
            kept.pop()
        kept.append(call)
    return kept


def _asked(call: Call) -> tuple[object, ...]:
    return call.cell, call.method, call.path, call.parameters


def _key(call: Call) -> str:
    """Return what calls have in common that are each other's; a callback may come in a later cell at Twilio."""
    return call.path if call.method == RECEIVED else _name(call)


def _name(call: Call) -> str:
    path = _SID.sub(r"\1…", call.path)
    return f"{call.cell}: {call.method} {path}"
