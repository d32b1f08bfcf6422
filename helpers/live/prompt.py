"""Prompt for a secret that isn't set: what is typed isn't shown, and stays in this kernel's memory."""

from __future__ import annotations

import getpass
import sys
import warnings

from helpers.settings import Secret

__all__ = ["ask_for_secret"]


def ask_for_secret(name: str, what: str) -> Secret:
    """Ask for the setting ``name`` and return it; return an empty one where nobody can answer, or somebody interrupts.

    Nobody can answer where a front end runs cells without hands, as nbval and nbclient do, or in a program that has
    no terminal.

    Args:
        what: description of the secret, such as "the Auth Token of your account".
    """
    # A kernel puts a function of its own there. Python's reads from the terminal even if the input is something else.
    is_kernel = getpass.getpass.__module__ != getpass.__name__
    if not is_kernel and not (sys.stdin and sys.stdin.isatty()):
        return Secret()
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)  # of a terminal that would show what is typed
        try:
            typed = getpass.getpass(f"{name} is not set. Paste {what}; it isn't shown or stored: ")
        except (EOFError, KeyboardInterrupt, NotImplementedError, OSError, getpass.GetPassWarning):
            return Secret()
    return Secret(typed.strip().strip("\"'"))
