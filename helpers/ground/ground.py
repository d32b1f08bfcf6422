"""Protocols of what a kernel stands on, and of what stands there: doors, tunnels, attendants and programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING, Protocol

from helpers.ground.message import Reply, Request

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from helpers.emulator.server import RunningEmulator

__all__ = ["PAUSE_SECONDS", "Attendant", "Door", "Ground", "Program", "Receiver", "Tunnel", "TunnelMaker"]

PAUSE_SECONDS = 0.05
"""Pause between two looks of an attendant, so that watching doesn't slow down a cell that changes a lot."""


class Receiver(Protocol):
    """Receiver of the requests that come to a door."""

    @property
    def server_name(self) -> str | None:
        """Name for the header ``Server`` of replies, or None for no such header."""
        ...

    def answer(self, request: Request) -> tuple[Reply, object]:
        """Return the reply to a request; the second value is the receiver's own."""
        ...

    def turn_away(self, request: Request, reply: Reply) -> Reply:
        """Note a request that couldn't be read to its end, with its refusal; return the reply that its sender gets."""
        ...


class Door(Protocol):
    """Address on 127.0.0.1 at which a receiver answers, from its creation until it is closed."""

    @property
    def port(self) -> int:
        """Its port."""
        ...

    def close(self) -> None:
        """Answer no more requests, and free the port."""
        ...


class Tunnel(Protocol):
    """Way from the internet to a door, at most one at a time."""

    @property
    def public_url(self) -> str | None:
        """Its public URL from ``open`` to ``close``, else None; ``trouble`` says if it no longer leads here."""
        ...

    @property
    def inspector_url(self) -> str | None:
        """URL on this machine of a page that lists the tunnel's requests, or None if there is none."""
        ...

    def open(self, url: str) -> str:
        """Open it to ``url``, or again if it is in trouble; leave it if it is open. Return its public URL.

        Raises:
            HelperError: there is no tunnel; the text says why.
        """
        ...

    def close(self) -> None:
        """Close it, if it is open."""
        ...

    def lose(self) -> bool:
        """End it as a crash of its program would: nobody is told. Return False if that program isn't ours."""
        ...

    def trouble(self) -> str | None:
        """Return a sentence if it was opened and its public URL no longer leads here, else None.

        A wait asks this several times a second.
        """
        ...

    def explain(self, status: int, headers: Mapping[str, str]) -> str | None:
        """Return a sentence about a response that came from the tunnel's own side, or None if it isn't known."""
        ...


class TunnelMaker(Protocol):
    """Maker of a tunnel that isn't open yet; what isn't given comes from the settings."""

    def __call__(
        self, *, domain: str | None = None, auth_token: str | None = None, ngrok_path: str | None = None
    ) -> Tunnel:
        """Return a tunnel.

        Args:
            domain: host name of its public URL.
            auth_token: ngrok's, not Twilio's.
            ngrok_path: file of ngrok's agent.
        """
        ...


class Attendant(Protocol):
    """Keeper of a console, which looks when something has changed, even while a cell runs."""

    def start(self) -> None:
        """Begin to look, unless it has begun."""
        ...

    def wake(self) -> None:
        """Look soon; returns at once, from wherever a change is told."""
        ...

    def present(self) -> None:
        """Note that a page shows the console, and look at intervals for a while."""
        ...

    def stop(self) -> None:
        """Look no more."""
        ...


class Program(Protocol):
    """The learner's web application, from its start until it ends or is stopped."""

    @property
    def port(self) -> int:
        """Its port on 127.0.0.1; 0 if it ended before it had one."""
        ...

    @property
    def is_running(self) -> bool:
        """True while it can answer."""
        ...

    def log(self) -> str:
        """Return all that it wrote."""
        ...

    def stop(self) -> None:
        """End it, if it runs."""
        ...


class Ground(Protocol):
    """Source of everything that a page has not, or has otherwise: threads, sockets, files and processes."""

    @property
    def has_ports(self) -> bool:
        """True if a browser reaches its ports of 127.0.0.1; else it has to get everything from the kernel itself."""
        ...

    def start_emulator(self, seed: str) -> RunningEmulator:
        """Start the kernel's emulator, which remembers its past and gives SIDs from ``seed``; return it running."""
        ...

    def open_door(self, port: int, receiver: Receiver, patience_seconds: float) -> Door:
        """Let ``receiver`` answer at ``port`` of 127.0.0.1.

        Args:
            port: 0 picks a free one.
            patience_seconds: time limit for one request to arrive, and for an idle connection.

        Raises:
            PortTaken: the port isn't free, or isn't a port.
            CannotListen: there can be no door for another reason, which the text names.
        """
        ...

    def make_tunnel(
        self, *, domain: str | None, auth_token: str | None, ngrok_path: str | None, ledgers: Path
    ) -> Tunnel:
        """Return a tunnel of ngrok's, not yet open; the other arguments are those of ``TunnelMaker``.

        Args:
            ledgers: folder for the record of its agent, by which a later kernel finds it.
        """
        ...

    def end_left_agents(self, ledgers: Path) -> None:
        """End ngrok's agents that killed kernels left, by their ledgers in this folder; print if there were any."""
        ...

    def renew_agent(self) -> None:
        """Download ngrok's agent again, in place of the one that pyngrok downloaded before.

        Raises:
            TunnelError: it can't be downloaded or replaced; the text says why.
            StaysInPage: a page has no programs.
        """
        ...

    def make_relay(self) -> Tunnel:
        """Return a stand-in for a tunnel, not yet open, which doesn't leave this ground."""
        ...

    def attend(self, look: Callable[[], object], interval: Callable[[], float | None]) -> Attendant:
        """Return an attendant, not yet started, of a console.

        Args:
            look: reads and shows; must not raise.
            interval: returns seconds, before each wait; None if every change wakes it, so that an idle console costs
                nothing.
        """
        ...

    def wait(self, changed: Condition, seconds: float) -> bool:
        """Wait for ``changed``, which is held, for up to ``seconds``; return False if waiting is of no use."""
        ...

    def run_app(self, folder: Path, port: int, environment: Mapping[str, str]) -> Program:
        """Start ``app.py`` of ``folder``, a Flask application named ``app``; return it, also if it ended at once.

        Args:
            port: 0 picks a free one.
            environment: all of its variables.

        Raises:
            AppTooSlow: it neither answered nor ended.
        """
        ...

    def notebook_folders(self) -> Iterator[Path]:
        """Yield the folders in which this kernel's notebook can be, likeliest first; none if it's in no file."""
        ...

    def find_dotenv(self, project: Path) -> Path | None:
        """Return a ``.env`` that is nearer to this kernel's notebook than that of ``project``; None without one."""
        ...

    def find_records(self, project: Path) -> Path:
        """Return the folder for records, which may not exist yet: that of ``project``, or one of the learner's."""
        ...

    def read_dotenv(self, path: Path) -> dict[str, str]:
        """Return the variables in a ``.env`` file, none if there is no such file.

        Raises:
            BadSetting: it can't be read.
        """
        ...

    def find_lasting(self, path: Path) -> Path | None:
        """Return ``path`` if what is written there outlasts the kernel, else None."""
        ...

    def require_network(self, purpose: str) -> None:
        """Let ``purpose`` be, which needs the network.

        Raises:
            StaysInPage: nothing leaves this ground; ``purpose`` begins the text.
        """
        ...

    def equip(self, shell: InteractiveShell) -> None:
        """Give the cells what they expect of an operating system."""
        ...
