"""Public side of the listener: its outer door, with the tunnel that leads there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from helpers import settings
from helpers.callbacks.inbox.intake import Intake
from helpers.callbacks.outside.outer_reception import OuterReception
from helpers.callbacks.outside.probe import PublicProbe
from helpers.callbacks.outside.task_link import TASKS_A_MINUTE
from helpers.callbacks.outside.tunnel_settings import make_tunnel
from helpers.callbacks.outside.workflow_url import set_callback_url
from helpers.callbacks.reception import Reception
from helpers.callbacks.routes import ASSIGNMENT, EVENTS
from helpers.emulator.guard import is_loopback
from helpers.ground.choice import current_ground
from helpers.ground.ground import Door, Tunnel, TunnelMaker
from helpers.ground.own_tunnel import OwnTunnel

if TYPE_CHECKING:
    from twilio.rest.taskrouter.v1.workspace.workflow import WorkflowInstance

__all__ = ["PublicSide"]


class PublicSide:
    """Owner of a port to which a tunnel leads, and to which nothing else should.

    Args:
        patience_seconds: time limit for one request to arrive, and for an idle connection.
    """

    def __init__(self, intake: Intake, inner: Reception, patience_seconds: float) -> None:
        self.reception = OuterReception(intake, inner)
        self.make_tunnel: TunnelMaker = make_tunnel
        self.tunnel: Tunnel | None = None
        self._made_with: Mapping[str, Any] = {}
        self._settings: settings.Settings | None = None
        self._patience_seconds = patience_seconds
        self._door: Door | None = None
        self._lost: str | None = None
        self._seen: str | None = None
        self._led: tuple[str, str] | None = None

    def choose(self, **wanted: str | None) -> None:
        """Make a tunnel if there is none, or if ``wanted``, arguments of ``make_tunnel``, aren't those of before.

        One that is closed or lost is made anew, with the arguments of before, if the settings have changed since.
        """
        found = settings.load() if self.make_tunnel is make_tunnel else None  # a relay stands in whatever they are
        is_given = any(wanted.values())
        is_outdated = self._settings not in (None, found) and self.public_url is None
        if self.tunnel is None or is_outdated or (is_given and wanted != self._made_with):
            arguments = self._made_with if is_outdated and not is_given else wanted
            self._use(self.make_tunnel(**arguments), arguments)
            self._settings = found

    def choose_own(self, public_url: str, port: int) -> None:
        """Use a tunnel of the learner's own, which leads from ``public_url`` to ``port``."""
        wanted = {"public_url": public_url, "port": port}
        if wanted != self._made_with:
            self._use(OwnTunnel(public_url, port), wanted)
            self._settings = None

    def _use(self, tunnel: Tunnel, made_with: Mapping[str, Any]) -> None:
        self._lost = self._describe_loss()
        self._shut()
        self.tunnel, self._made_with = tunnel, made_with

    def open_tunnel(self) -> str:
        """Open door and tunnel, unless they are open, and return the public URL; if it is new, print what is open.

        Raises:
            TunnelError, PortTaken, CannotListen: there is no way in; the text says why.
        """
        assert self.tunnel is not None
        before, loss = self.public_url, self._describe_loss()
        try:
            port = self.tunnel.port if isinstance(self.tunnel, OwnTunnel) else 0
            self._door = self._door or current_ground().open_door(port, self.reception, self._patience_seconds)
            url = self.tunnel.open(f"http://127.0.0.1:{self._door.port}")
        except BaseException:
            self._shut()
            self._lost = loss
            # So that the next try reads the settings again.
            self.tunnel, self._made_with, self._settings = None, {}, None
            raise
        self._lost, self._seen, self.reception.public_url = None, None, url
        if url != before:
            print(self._describe())
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
        self.reception.public_url, self._seen = "", None
        door, self._door = self._door, None
        try:
            if self.tunnel is not None:
                self.tunnel.close()
        finally:
            if door is not None:
                door.close()

    @property
    def public_url(self) -> str | None:
        """Public URL while it leads here, else None."""
        return None if self.tunnel is None or self.trouble() else self.tunnel.public_url

    def trouble(self) -> str | None:
        """Return a sentence if there was a tunnel, nobody has closed it, and it no longer leads here, else None."""
        self._seen = None if self.tunnel is None else self.tunnel.trouble()
        return self.known_trouble

    @property
    def known_trouble(self) -> str | None:
        """Sentence that ``trouble`` returned last, unless the tunnel has been opened or closed since."""
        return self._seen or self._lost

    def _describe_loss(self) -> str | None:
        """Return what to say of the public URL of now, if there is one, should it be lost."""
        url = self.public_url
        return f"The tunnel at {url} was closed." if url else self.trouble()

    def lead_callbacks(self, workflow: WorkflowInstance, auth_token: str) -> None:
        """Set the URL of the Workflow's callbacks, read it back, send a signed request to it, and print the result.

        Raises:
            NotReached: the request didn't arrive; the text says what came back instead.
        """
        assert self.tunnel is not None
        url = self.reception.public_url + ASSIGNMENT
        name = set_callback_url(workflow, url)
        self._led = name, url
        probe = self.reception.probe = PublicProbe(self.reception.public_url, auth_token)
        try:
            probe.run(self.tunnel.explain)
        finally:
            self.reception.probe = None
        print(f"Workflow “{name}” sends its callbacks there, and a signed test request has arrived.")

    def name_workflow_left_behind(self) -> None:
        """Print which Workflow was led to another public URL than the present one, if one was."""
        name, url = self._led or ("", "")
        if name and url != self.reception.public_url + ASSIGNMENT:
            print(
                f"Workflow “{name}” had the URL {url} earlier. If it hasn't changed since, TaskRouter still calls "
                "it: run `listener.expose(workflow)`."
            )

    def share_create_task(self) -> str:
        """Return the path of a new shared link, and print what it means."""
        print(
            f"Anyone with this URL can create Tasks, at most {TASKS_A_MINUTE} a minute. It ends with "
            "`listener.hide()`, or when you request a new one."
        )
        return self.reception.task_link.renew()

    def _describe(self) -> str:
        """Return sentences on what is open, to whom, and until when; the same on each run where a relay stands in."""
        assert self.tunnel is not None
        url, inspector = self.reception.public_url, self.tunnel.inspector_url
        shown = "`listener.public_url`" if is_loopback(urlsplit(url).hostname or "") else url
        lines = [
            f"{shown} leads to this listener until `listener.hide()`.",
            f"From there, the listener answers only signed callbacks: POST to {ASSIGNMENT} and {EVENTS}. Every other "
            "request gets an empty 404.",
        ]
        return "\n".join([*lines, f"The tunnel's own list of requests: {inspector}"] if inspector else lines)
