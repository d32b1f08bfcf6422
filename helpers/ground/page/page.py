"""Web page: the ground of the browser edition, and of tests that show what it does without a browser."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING, NoReturn

from helpers.errors.connection_problems import StaysInPage
from helpers.ground.ground import Attendant, Door, Program, Receiver, Tunnel
from helpers.ground.page import http_clients
from helpers.ground.page.loopback import LOOPBACK
from helpers.ground.page.page_attendant import PageAttendant
from helpers.ground.page.page_door import PageDoor

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from helpers.emulator.server import RunningEmulator

__all__ = ["Page"]

_INSTALLERS = {"micropip", "piplite"}
"""Modules with which Python in a browser installs packages; ``%pip`` calls the latter."""
_STORAGE = Path("/drive")
"""Folder of the browser's storage. JupyterLite mounts it for a kernel while its service worker runs."""


class Page:
    """Ground without threads, sockets, files and processes: everything happens in turn, by function calls."""

    has_ports = False

    def __init__(self) -> None:
        http_clients.install()

    def start_emulator(self, seed: str) -> RunningEmulator:
        """Start an emulator that answers in place."""
        from helpers.ground.page.page_emulator import start

        return start(seed)

    def open_door(self, port: int, receiver: Receiver, patience_seconds: float) -> Door:
        """Let ``receiver`` answer at a port of the page; nothing arrives slowly there."""
        return PageDoor(port, receiver)

    def make_tunnel(
        self, *, domain: str | None, auth_token: str | None, ngrok_path: str | None, ledgers: Path
    ) -> Tunnel:
        """Raise an error, before a token is asked for."""
        raise StaysInPage("A public URL")

    def end_left_agents(self, ledgers: Path) -> None:
        """Do nothing: a page starts none."""

    def renew_agent(self) -> None:
        """Raise an error."""
        raise StaysInPage("A program of ngrok's")

    def make_relay(self) -> Tunnel:
        """Return a relay at a port of the page."""
        from helpers.ground.relay import Relay

        return Relay(self.open_door)

    def attend(self, look: Callable[[], object], interval: Callable[[], float | None]) -> Attendant:
        """Return an attendant without a thread; every change wakes it."""
        return PageAttendant(look)

    def wait(self, changed: Condition, seconds: float) -> bool:
        """Deliver what is left of slow callbacks; return False if nothing was: then nobody can send anything."""
        before = LOOPBACK.made
        with LOOPBACK.exchanges.carried():
            pass
        return LOOPBACK.made > before

    def run_app(self, folder: Path, port: int, environment: Mapping[str, str]) -> Program:
        """Run its file here, and answer its requests by function calls."""
        from helpers.ground.page.app_in_page import run

        return run(folder, port, environment)

    def notebook_folders(self) -> Iterator[Path]:
        """Yield nothing: the notebooks beside ``helpers`` are all that a page has."""
        yield from ()

    def find_dotenv(self, project: Path) -> Path | None:
        """Return None: a page has no files of the learner's."""
        return None

    def find_records(self, project: Path) -> Path:
        """Return the project's."""
        return project / ".local"

    def read_dotenv(self, path: Path) -> dict[str, str]:
        """Return nothing: a page has no files of the learner's."""
        return {}

    def find_lasting(self, path: Path) -> Path | None:
        """Return ``path`` if it is in the browser's storage and that is mounted; all else goes with the page."""
        return path if path.is_relative_to(_STORAGE) and _STORAGE.is_dir() else None

    def require_network(self, purpose: str) -> None:
        """Raise an error."""
        raise StaysInPage(purpose)

    def equip(self, shell: InteractiveShell) -> None:
        """Let ``%%bash`` understand curl, which is all that a lesson runs there, and refuse to install packages."""
        from helpers.ground.page.curl.bash_cell import register

        register(shell)
        for name in _INSTALLERS & sys.modules.keys():
            vars(sys.modules[name])["install"] = _refuse_package
        for name in ("conda", "mamba", "micromamba", "uv"):
            shell.magics_manager.register_function(_refuse_package, "line", name)


def _refuse_package(*arguments: object, **options: object) -> NoReturn:
    raise StaysInPage("Another package")
