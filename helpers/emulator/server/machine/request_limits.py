"""Limits of requests to the emulator's server."""

from __future__ import annotations

from ..read_refusals import HEAD_SECONDS, PAUSE_SECONDS, refuse
from ..web.bounds import Unreadable
from ..web.limited_protocol import LimitedProtocol, Limits

__all__ = ["EmulatorProtocol"]


class EmulatorProtocol(LimitedProtocol):
    """HTTP/1.1 protocol of the emulator."""

    limits = Limits(head=HEAD_SECONDS, pause=PAUSE_SECONDS)

    def refusal(self, why: Unreadable, said: str) -> tuple[int, bytes]:
        """Return the response in the form of Twilio's errors."""
        return refuse(why)
