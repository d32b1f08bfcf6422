"""Machine: the ground of a notebook on one's own computer. Each part is loaded when it is first used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING

from helpers.ground.ground import Attendant, Door, Program, Receiver, Tunnel
from helpers.ground.machine import learner_folders

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from helpers.emulator.server import RunningEmulator

__all__ = ["Machine"]


class Machine:
    """Ground with threads, sockets, files and processes."""

    has_ports = True

    def start_emulator(self, seed: str) -> RunningEmulator:
        """Start an emulator on a thread of its own."""
        from helpers.emulator.server import start

        return start(clock="lesson", seed=seed, remembers=True)

    def open_door(self, port: int, receiver: Receiver, patience_seconds: float) -> Door:
        """Start a web server on loopback, which answers on threads of its own."""
        from helpers.ground.machine.server import open_server

        return open_server(port, receiver, patience_seconds)

    def make_tunnel(
        self, *, domain: str | None, auth_token: str | None, ngrok_path: str | None, ledgers: Path
    ) -> Tunnel:
        """Return a tunnel through pyngrok."""
        from helpers.ground.machine.tunnel.ngrok_tunnel import NgrokTunnel

        return NgrokTunnel(domain=domain, auth_token=auth_token, ngrok_path=ngrok_path, ledgers=ledgers)

    def end_left_agents(self, ledgers: Path) -> None:
        """End their processes."""
        from helpers.ground.machine.tunnel.leftover_agents import end_leftovers

        end_leftovers(ledgers)

    def renew_agent(self) -> None:
        """Let pyngrok download it."""
        from helpers.ground.machine.tunnel.agent_file import renew

        renew()

    def make_relay(self) -> Tunnel:
        """Return a relay with a web server of its own."""
        from helpers.ground.relay import Relay

        return Relay(self.open_door)

    def attend(self, look: Callable[[], object], interval: Callable[[], float | None]) -> Attendant:
        """Return an attendant with a thread."""
        from helpers.ground.machine.refresher import Refresher

        return Refresher(look, interval)

    def wait(self, changed: Condition, seconds: float) -> bool:
        """Wait and return True, as another thread or program can send something at any time."""
        changed.wait(seconds)
        return True

    def run_app(self, folder: Path, port: int, environment: Mapping[str, str]) -> Program:
        """Start it as a process, which ends with this one."""
        from helpers.ground.machine.app_process import run

        return run(folder, port, environment)

    def notebook_folders(self) -> Iterator[Path]:
        """Yield the folder of the file that Jupyter's server names, and the one in which the kernel runs."""
        return learner_folders.notebook_folders()

    def find_dotenv(self, project: Path) -> Path | None:
        """Look in the folders from the notebook's up to the project's."""
        return learner_folders.find_dotenv(project)

    def find_records(self, project: Path) -> Path:
        """Return a folder that the learner may change."""
        return learner_folders.find_records(project)

    def read_dotenv(self, path: Path) -> dict[str, str]:
        """Return the variables in the file, if there is one."""
        if not path.is_file():
            return {}
        from helpers.ground.machine.dotenv_file import read  # here, because few learners have such a file

        return read(path)

    def find_lasting(self, path: Path) -> Path | None:
        """Return the path: a file stays."""
        return path

    def require_network(self, purpose: str) -> None:
        """Let everything be: a machine has a network, or says itself that it is down."""

    def equip(self, shell: InteractiveShell) -> None:
        """Let ``%%bash`` call curl where bash can't be counted on."""
        from helpers.ground.machine.curl_program import register

        register(shell)
