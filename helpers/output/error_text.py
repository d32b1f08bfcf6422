"""An error as a learner is told of it, where no cell could show it."""

from __future__ import annotations

from collections.abc import Sequence

from requests.exceptions import RequestException
from twilio.base.exceptions import TwilioException

from helpers.emulator.display.safe_text import printable
from helpers.errors import HelperError
from helpers.guide.emulator_advice import in_a_notebook
from helpers.guide.hints import hints
from helpers.wire import Exchange

__all__ = ["told"]


def told(error: BaseException, wire: Sequence[Exchange] = ()) -> str:
    """Say what went wrong; a refusal by TaskRouter with what can be done about it.

    Args:
        wire: what the SDK sent, for what was really asked.
    """
    if isinstance(error, HelperError):
        return printable(in_a_notebook(error))
    if not isinstance(error, TwilioException | RequestException):
        return printable(error) or type(error).__name__
    refused = next((each for each in reversed(wire) if each.status >= 400), None)
    return printable(hints.explain(error, refused))
