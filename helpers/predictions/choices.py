"""Choices of a prediction: every Worker of the Workspace, or nobody."""

from __future__ import annotations

import difflib
from typing import Any

from helpers.emulator.display.safe_text import clip, one_line
from helpers.emulator.display.views.prediction_view import MOST_CHOICES
from helpers.errors.prediction_problems import NoSuchChoice
from helpers.predictions.question import NOBODY, Question

__all__ = ["choices", "find_choice"]

_LONGEST_NAME = 64
_SID_LENGTH = 34


def choices(subject: Question) -> list[str]:
    """Return the names of the Workers in order of creation, then "nobody"."""
    return [*(str(worker.friendly_name) for worker in subject.workers()), NOBODY]


def find_choice(subject: Question, who: Any) -> str:
    """Return the choice for ``who``: a name in upper or lower case, a SID, or a Worker of the SDK.

    Raises:
        NoSuchChoice: there is none; the text lists the choices.
    """
    given = str(getattr(who, "friendly_name", who)).strip()
    if given.startswith("WK") and len(given) == _SID_LENGTH:
        given = next((str(each.friendly_name) for each in subject.workers() if each.sid == given), given)
    every = choices(subject)
    by_name = {each.casefold(): each for each in reversed(every)}
    if given.casefold() in by_name:
        return by_name[given.casefold()]
    close = difflib.get_close_matches(given.casefold()[:_LONGEST_NAME], by_name, n=1)
    shown = dict.fromkeys(one_line(each) for each in (*every[: MOST_CHOICES - 1], NOBODY))
    raise NoSuchChoice(clip(one_line(given), _LONGEST_NAME), list(shown), by_name[close[0]] if close else None)
