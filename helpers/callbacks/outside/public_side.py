"""Public side of the listener: its outer door, with the tunnel that leads there."""

from __future__ import annotations

from urllib.parse import urlsplit

from helpers.callbacks.intake import Intake
from helpers.callbacks.outside.outer_reception import OuterReception
from helpers.callbacks.outside.probe import PublicProbe
from helpers.callbacks.reception import Reception
from helpers.callbacks.routes import ASSIGNMENT, EVENTS
from helpers.emulator.guard import is_loopback
from helpers.ground.choice import current_ground
from helpers.ground.ground import Door, Tunnel
from helpers.ground.own_tunnel import OwnTunnel

__all__ = ["PublicSide"]


class PublicSide:
    """Owner of a port to which a tunnel leads, and to which nothing else should.

    Args:
        patience_seconds: time limit for one request to arrive, and for an idle connection.
    """

    def __init__(self, intake: Intake, inner: Reception, patience_seconds: float) -> None:
        self.reception = OuterReception(intake, inner)
        self.tunnel: Tunnel | None = None
        self._patience_seconds = patience_seconds
        self._door: Door | None = None
        self._lost: str | None = None

    def use(self, tunnel: Tunnel) -> None:
        """Close what is open, and use ``tunnel`` from now on."""
        url = self.public_url
        self._lost = self.trouble() or (f"The tunnel at {url} was closed." if url else None)
        self._shut()
        self.tunnel = tunnel

    def open_tunnel(self) -> str:
        """Open door and tunnel, unless they are open, and return the public URL.

        Raises:
            TunnelError, PortTaken, CannotListen: there is no way in; the text says why.
        """
        assert self.tunnel is not None
        self._lost = self.trouble()
        try:
            port = self.tunnel.port if isinstance(self.tunnel, OwnTunnel) else 0
            self._door = self._door or current_ground().open_door(port, self.reception, self._patience_seconds)
            url = self.tunnel.open(f"http://127.0.0.1:{self._door.port}")
        except BaseException:
            self._shut()
            self.tunnel = None  # so that the next try reads the settings again
            raise
        self._lost, self.reception.public_url = None, url
        return url

    def close(self) -> None:
        """Close the tunnel, then the door behind it; the shared link ends."""
        self._lost = None
        self._shut()

    def lose(self) -> bool | None:
        """End the tunnel as a crash would; return False if its program isn't ours, None if none is open."""
        return None if self.tunnel is None or self.public_url is None else self.tunnel.lose()

    def _shut(self) -> None:
        self.reception.task_link.close()
        if self.tunnel is not None:
            self.tunnel.close()
        door, self._door = self._door, None
        if door is not None:
            door.close()

    @property
    def public_url(self) -> str | None:
        """Public URL while it leads here, else None."""
        return None if self.tunnel is None or self.trouble() else self.tunnel.public_url

    def trouble(self) -> str | None:
        """Return a sentence if there was a tunnel, nobody has closed it, and it no longer leads here, else None."""
        return (None if self.tunnel is None else self.tunnel.trouble()) or self._lost

    def probe(self, auth_token: str) -> None:
        """Send a signed request to the public URL, and wait until it has arrived.

        Raises:
            NotReached: it didn't; the text says what came back instead.
        """
        assert self.tunnel is not None
        probe = self.reception.probe = PublicProbe(self.reception.public_url, auth_token)
        try:
            probe.run(self.tunnel.explain)
        finally:
            self.reception.probe = None

    def describe(self) -> str:
        """Return sentences on what is open, to whom, and until when; the same on each run where a relay stands in."""
        assert self.tunnel is not None
        url, inspector = self.reception.public_url, self.tunnel.inspector_url
        shown = "`listener.public_url`" if is_loopback(urlsplit(url).hostname or "") else url
        lines = [
            f"{shown} leads to this listener until `listener.hide()`.",
            f"Only signed callbacks are answered there: POST to {ASSIGNMENT} and {EVENTS}. "
            "Every other request gets an empty 404.",
        ]
        return "\n".join([*lines, f"The tunnel's own list of requests: {inspector}"] if inspector else lines)
