"""Connection of a kernel: a ``twilio`` Client for the emulator by default, or for Twilio on request."""

from __future__ import annotations

from helpers.connection.kernel_connection import Connection
from helpers.connection.opening import SEED, connect, current, disconnect

__all__ = ["SEED", "Connection", "connect", "current", "disconnect"]
