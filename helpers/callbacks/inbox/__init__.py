"""Inbox of the listener: what it received, kept within limits, to list, watch and wait for."""

from __future__ import annotations

from helpers.callbacks.inbox.inbox import Inbox
from helpers.callbacks.inbox.received import Received

__all__ = ["Inbox", "Received"]
