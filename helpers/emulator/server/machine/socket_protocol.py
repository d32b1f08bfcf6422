"""WebSocket protocol of the server, loaded when the first page opens one."""

from __future__ import annotations

from typing import Any

__all__ = ["MAX_MESSAGE", "open_socket"]

MAX_MESSAGE = 4096
"""Size limit of a client's message, in bytes: the SID of a Workspace is all that a page sends."""


def open_socket(**connection: Any) -> Any:
    """Return the protocol that takes over a connection; the arguments are those of uvicorn's own."""
    from .prompt_socket import PromptSocket  # here, because the library takes a tenth of a start's time

    return PromptSocket(**connection)
