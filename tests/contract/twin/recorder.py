"""Recorder in a kernel: writes to a file what the SDK exchanges and what the listener receives, a line of JSON each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from helpers.callbacks.inbox import Inbox, Received
from helpers.wire import Exchange, Wire

__all__ = ["RECEIVED", "record"]

RECEIVED = "received"
"""Value of ``method`` in lines about the listener; in others it is the HTTP method."""


def record(path: str) -> None:
    """Append to ``path`` what every wire and inbox of this kernel gets from now on, also what is cleared later."""
    add_exchange, add_received = Wire.add, Inbox.add

    def add_to_wire(wire: Wire, **exchange: Any) -> Exchange:
        added = add_exchange(wire, **exchange)
        _write(path, added.method, added.path, added.parameters, added.status, added.body)
        return added

    def add_to_inbox(inbox: Inbox, received: Received) -> Received:
        parameters = list(received.parameters.items())
        _write(path, RECEIVED, received.path, parameters, received.status, received.reply.decode(errors="replace"))
        return add_received(inbox, received)

    Wire.add = add_to_wire  # type: ignore[method-assign]
    Inbox.add = add_to_inbox  # type: ignore[method-assign]


def _write(path: str, *parts: object) -> None:
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(json.dumps(parts) + "\n")
