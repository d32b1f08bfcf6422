"""Callbacks: the listener TaskRouter calls, and the inbox of what it received."""

from __future__ import annotations

from .assignment import AssignmentCallback
from .inbox import Inbox, Received
from .listener import Listener, listen

__all__ = ["AssignmentCallback", "Inbox", "Listener", "Received", "listen"]
