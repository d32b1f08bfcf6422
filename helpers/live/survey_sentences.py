"""Sentences about what was left in an account, and what became of it."""

from __future__ import annotations

from helpers.emulator.display.safe_text import one_line
from helpers.lessons.story import WORKSPACE
from helpers.live.account import mask_sid
from helpers.live.belongings import Fate, Survey
from helpers.live.ledger import OwnWorkspace

__all__ = ["tell_failure", "tell_kept", "tell_left", "tell_removal"]


_SHOWN = 10
"""Most sentences, or Workspaces in one, that are shown; the others are counted."""


def tell_left(survey: Survey) -> list[str]:
    """Return what earlier kernels left, a sentence each; nothing if they left nothing."""
    there = [f"An earlier run left {_name(each.workspace)} there." for each in survey.fates if each.outcome == "there"]
    failed = [
        f"An earlier run may have left {_name(each.workspace)} there: {each.reason}."
        for each in survey.fates
        if each.outcome == "failed"
    ]
    found = _shorten(there + failed)
    next_step = ["`tidy_up()` deletes what earlier runs left."] if found else []
    return [*found, *next_step, *tell_kept(survey), *_tell_rest(survey)]


def tell_removal(*surveys: Survey) -> list[str]:
    """Return what was removed, and what stays and how to remove it; nothing if there was nothing."""
    fates = [each for survey in surveys for each in survey.fates]
    removed = _shorten([_name(each.workspace) for each in fates if each.outcome == "removed"])
    them = "it" if len(removed) == 1 else "them"
    return [
        *([f"Removed: {', '.join(removed)}, with everything in {them}."] if removed else []),
        *_shorten([tell_failure(each) for each in fates if each.outcome == "failed"]),
        *(line for survey in surveys for line in [*tell_kept(survey), *_tell_rest(survey)]),
    ]


def tell_failure(fate: Fate) -> str:
    """Return why a Workspace couldn't be removed, and how to remove it."""
    sid = fate.workspace.sid
    ways = [f'with `client.taskrouter.v1.workspaces("{sid}").delete()`'] if sid else []
    ways += ["in Twilio's console"] if fate.workspace.url.endswith(".twilio.com") else []
    by_hand = f", or delete it {' or '.join(ways)}" if ways else ""
    run = f"What to do: {fate.advice} Then run" if fate.advice else "Run"
    return f"Perhaps still there: {_name(fate.workspace)}: {fate.reason}. {run} `tidy_up()` again{by_hand}."


def tell_kept(survey: Survey) -> list[str]:
    """Return what was found and isn't what was created any more, a sentence each."""
    kept = [each for each in survey.fates if each.outcome == "kept"]
    told = "Not changed: {}: {}, so these notebooks no longer treat it as theirs."
    return _shorten([told.format(_name(each.workspace), each.reason) for each in kept])


def _tell_rest(survey: Survey) -> list[str]:
    elsewhere = [
        f"An earlier run may have left {_name(each)} at {each.url}, account {mask_sid(each.account_sid)}. To remove "
        "it, connect to that account and run `tidy_up()` there."
        for each in survey.elsewhere
    ]
    damaged = [
        f"{path} has lines that can't be read, so an earlier run may have left more: a Workspace named “{WORKSPACE}” "
        "with eight more characters. Delete the Workspaces that nobody uses any more, then this file."
        for path in survey.damaged
    ]
    return _shorten(elsewhere) + _shorten(damaged)


def _shorten(items: list[str]) -> list[str]:
    more = len(items) - _SHOWN
    return items if more <= 0 else [*items[:_SHOWN], f"and {more} more"]


def _name(workspace: OwnWorkspace) -> str:
    return f"{one_line(workspace.name)} ({workspace.sid or 'SID unknown'})"
