"""Belongings: the Workspaces that this kernel created in an account, and those that earlier kernels left there.

Only what a ledger holds is ever removed, by its SID, and only after it was fetched and is what was created.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from msgspec.structs import replace
from twilio.base import deserialize
from twilio.base.exceptions import TwilioException

from helpers.emulator.display.safe_text import one_line
from helpers.errors import HelperError
from helpers.guide.hints.twilio_error import read_refusal
from helpers.live.advice.trouble import advise_on_account
from helpers.live.creation_recorder import CreationRecorder
from helpers.live.ledger import Ledger, OwnWorkspace, find_abandoned

if TYPE_CHECKING:
    from twilio.http import HttpClient
    from twilio.rest import Client

__all__ = ["Belongings", "Fate", "Survey"]

_NOT_FOUND = 20404
_TROUBLE = (TwilioException, OSError, ValueError, HelperError)  # of `requests` the first two, and of JSON that is none
_OVER = {"gone", "removed", "kept"}

_REST_SECONDS = 120.0
"""Time after which a request that nobody waits for any more has had its effect, if it ever has one."""


class Fate(NamedTuple):
    """Result of looking for a recorded Workspace, or of removing it."""

    workspace: OwnWorkspace
    outcome: Literal["there", "removed", "gone", "unseen", "kept", "failed"]
    """``unseen``: without a SID, and nothing has its name. ``kept``: it isn't what was created any more, and so isn't
    the notebooks'. ``failed``: to be tried again."""
    reason: str = ""
    """Reason why it was kept, or why it failed."""
    advice: str = ""
    """Next step after a failure that lies in the account; empty if there is none but to try again."""


class Survey(NamedTuple):
    """Result of looking for all that is recorded, or of removing it."""

    fates: list[Fate]
    """Fates in the kernel's own account."""
    elsewhere: list[OwnWorkspace]
    """Workspaces that earlier kernels left in other accounts."""
    damaged: list[Path]
    """Ledgers with lines that can't be read."""


class Belongings:
    """Workspaces in the account ``account_sid`` at ``url``, recorded in ledgers in ``folder``.

    Args:
        name: begins the name of the kernel's own Workspace; a mark follows that no other kernel has.
    """

    def __init__(self, name: str, url: str, account_sid: str, folder: Path) -> None:
        self.workspace_name = f"{name} {secrets.token_hex(4)}"
        self._place = (url, account_sid)
        self.folder = folder
        self._own: Ledger | None = None

    def begin(self, inner: HttpClient) -> HttpClient:
        """Begin the kernel's ledger, and return a client that records what is created through it.

        Raises:
            LedgerProblem: nothing can be recorded.
        """
        self._own = Ledger.begin(self.folder)
        return CreationRecorder(inner, self._own, *self._place, self.workspace_name)

    def end(self) -> None:
        """Close the kernel's ledger; what is still in it is left to a later kernel."""
        if self._own is not None:
            self._own.close()
            self._own = None

    def has_created(self, workspace_sid: str) -> bool:
        """Return True if this kernel created the Workspace."""
        return self._own is not None and any(each.sid == workspace_sid for each in self._own.workspaces)

    def find_left(self, client: Client) -> Survey:
        """Look for what earlier kernels left, with GET requests alone."""
        return self._visit_abandoned(client, _look_for)

    def remove_left(self, client: Client) -> Survey:
        """Remove what earlier kernels left, never what a living one has; go on after a failure."""
        return self._visit_abandoned(client, _remove)

    def remove_own(self, client: Client) -> Survey:
        """Remove what this kernel created; go on after a failure."""
        survey = Survey([], [], [])
        if self._own is not None:
            self._visit(client, self._own, _remove, survey, _OVER)
        return survey

    def _visit_abandoned(self, client: Client, act: _Act) -> Survey:
        survey = Survey([], [], [])
        for ledger in find_abandoned(self.folder):
            with ledger:
                # Before that, what can't be seen may be on its way.
                over = _OVER | {"unseen"} if ledger.has_rested(_REST_SECONDS) else _OVER
                self._visit(client, ledger, act, survey, over)
        return survey

    def _visit(self, client: Client, ledger: Ledger, act: _Act, survey: Survey, over: set[str]) -> None:
        for record in ledger.workspaces:
            if (record.url, record.account_sid) != self._place:
                survey.elsewhere.append(record)
                continue
            fate = act(client, ledger, record)
            survey.fates.append(fate)
            if fate.outcome in over:
                ledger.note(replace(fate.workspace, over=fate.outcome))
        if ledger.unreadable:
            survey.damaged.append(ledger.path)


_Act = Callable[["Client", Ledger, OwnWorkspace], Fate]


def _look_for(client: Client, ledger: Ledger, record: OwnWorkspace) -> Fate:
    """Return the fate of a recorded Workspace: ``there`` only if it is the one that was created."""
    try:
        if not record.sid:
            named, unanswered = _find_by_name(client, ledger, record.name)
            if len(named) > unanswered:
                return Fate(record, "failed", f"{len(named)} have this name, more than were created")
            if not named:
                return Fate(record, "unseen")
            record = replace(record, sid=named[0].sid, date_created=f"{named[0].date_created:%Y-%m-%dT%H:%M:%SZ}")
            ledger.note(record)
        found = _workspaces(client)(record.sid).fetch()
    except _TROUBLE as error:
        return _fail(record, error)
    difference = _compare(found, record)
    return Fate(record, "kept", difference) if difference else Fate(record, "there")


def _remove(client: Client, ledger: Ledger, record: OwnWorkspace) -> Fate:
    """Delete a recorded Workspace if it is the one that was created; nothing else deletes in somebody's account."""
    fate = _look_for(client, ledger, record)
    if fate.outcome != "there":
        return fate
    try:
        _workspaces(client)(fate.workspace.sid).delete()
    except _TROUBLE as error:
        return _fail(fate.workspace, error)
    return fate._replace(outcome="removed")


def _find_by_name(client: Client, ledger: Ledger, name: str) -> tuple[list[Any], int]:
    """Return the Workspaces of exactly this name without a record, and the number of records without an answer."""
    recorded = [each for each in ledger.workspaces if each.name == name]
    sids = {each.sid for each in recorded}
    listed = _workspaces(client).stream(friendly_name=name)  # at Twilio, too, the filter might match more than that
    named = [each for each in listed if each.friendly_name == name and each.sid not in sids]
    return named, sum(not each.sid for each in recorded)


def _compare(found: Any, record: OwnWorkspace) -> str:
    """Return in which way a Workspace isn't the recorded one; empty if it is."""
    created = deserialize.iso8601_datetime(record.date_created)
    if (found.sid, found.account_sid, found.date_created) != (record.sid, record.account_sid, created):
        return "it isn't the one that was created"
    if found.friendly_name != record.name:
        return f"it is called “{one_line(found.friendly_name)}” now"
    return ""


def _fail(record: OwnWorkspace, error: Exception) -> Fate:
    refused = read_refusal(error)
    if refused is None:
        return Fate(record, "failed", f"no response ({type(error).__name__})")
    if refused.code == _NOT_FOUND and record.sid:
        return Fate(record, "gone")
    is_about_account = refused.status in (401, 403) and record.url.endswith(".twilio.com")
    advice = advise_on_account(refused) if is_about_account else None
    return Fate(record, "failed", f"TaskRouter returned status {refused.status}, code {refused.code}", advice or "")


def _workspaces(client: Client) -> Any:
    return client.taskrouter.v1.workspaces
