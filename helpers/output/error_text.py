"""Text of an error for a learner, for places where no cell shows it."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.emulator.display.safe_text import escape_hidden
from helpers.errors import HelperError
from helpers.guide.emulator_advice import in_a_notebook
from helpers.guide.hints import hints
from helpers.wire import Exchange

__all__ = ["describe_error"]


def describe_error(error: BaseException, wire: Sequence[Exchange] = ()) -> str:
    """Return what went wrong; for an error response of TaskRouter also what to do.

    Args:
        wire: exchanges of the SDK; the last one with an error response is the one to explain.
    """
    if isinstance(error, HelperError):
        return escape_hidden(in_a_notebook(error))
    if not hints.is_about_requests(error):
        return escape_hidden(error) or type(error).__name__
    return escape_hidden(hints.explain(error, wire))
