"""Next steps in a notebook for the emulator's errors, whose own words are for any of its users."""

from __future__ import annotations

from helpers.emulator.emulator_errors import EmulatorError, MomentForgotten, NotTaskRouter
from helpers.emulator.sdk.http_client import EmulatorGone

__all__ = ["in_a_notebook"]

_NEXT_STEPS: dict[type[EmulatorError], str] = {
    EmulatorGone: "In a notebook, restart the kernel and run the set-up cell again.",
    MomentForgotten: "In a notebook, `catch_up` starts over, too.",
    NotTaskRouter: "In a notebook, connect in live mode for it.",
}


def in_a_notebook(error: EmulatorError) -> str:
    """Return the text of an error of the helpers or their emulator, with what to do about it in a notebook."""
    return f"{error} {_NEXT_STEPS.get(type(error), '')}".rstrip()
