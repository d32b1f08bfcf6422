"""Limits of requests to the emulator's server."""

from __future__ import annotations

from ..read_refusals import HEAD_SECONDS, PAUSE_SECONDS, refuse
from ..web.bounds import Unreadable
from ..web.limited_protocol import LimitedProtocol, Limits

__all__ = ["EmulatorProtocol"]


class EmulatorProtocol(LimitedProtocol):
    """HTTP/1.1 protocol of the emulator."""

    limits = Limits(head=HEAD_SECONDS, pause=PAUSE_SECONDS)

    def turn_away(self, why: Unreadable, said: str) -> None:
        """Send a refusal in the form of Twilio's errors."""
        status, body = refuse(why)
        length = str(len(body)).encode()
        headers = ((b"content-type", b"application/json; charset=utf-8"), (b"content-length", length))
        self.write_refusal(status, headers, body)
