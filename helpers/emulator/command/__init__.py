"""Command ``taskrouter-emulator``: a server of its own, and questions about a Task or a data file."""

from __future__ import annotations

from .command_line import main

__all__ = ["main"]
