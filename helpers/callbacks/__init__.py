"""The callback listener: the web server that TaskRouter calls, and the inbox of the requests it received."""

from __future__ import annotations

from helpers.callbacks.assignment import AssignmentCallback
from helpers.callbacks.inbox import Inbox, Received
from helpers.callbacks.listener import Listener, listen, stop_listening

__all__ = ["AssignmentCallback", "Inbox", "Listener", "Received", "listen", "stop_listening"]
