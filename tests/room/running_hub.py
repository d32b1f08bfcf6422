"""JupyterHub with its proxy on loopback, as ``deploy/hub/jupyterhub_config.py`` says, for as long as a test takes."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import psutil

import start
from deploy.rehearsal.server import http_client
from tests.node_packages import PROXY

__all__ = ["PASSWORD", "HubFailed", "RunningHub", "running_hub"]

CONFIG = start.ROOT / "deploy/hub/jupyterhub_config.py"
PASSWORD = "for this room"
START_SECONDS = 120
PROGRAM = PROXY.home / "node_modules/configurable-http-proxy/bin/configurable-http-proxy"


class HubFailed(AssertionError):
    """The Hub didn't start; the text has its last words."""


class RunningHub:
    """Hub that runs: its address at the proxy, the folder of the learners' homes, and its processes."""

    def __init__(self, url: str, homes: Path, process: subprocess.Popen[bytes], log: Path) -> None:
        self.url = url
        self.homes = homes
        self.process = process
        self.log = log

    def memory(self) -> list[int]:
        """Return the memory (PSS) of each learner's server with its kernels, in bytes."""
        servers = [each for each in self.family() if "jupyterhub.singleuser" in _command(each)]
        return [sum(_memory(each) for each in [server, *_children(server)]) for server in servers]

    def family(self) -> list[psutil.Process]:
        """Return all processes that the Hub started, and the Hub."""
        hub = psutil.Process(self.process.pid)
        return [hub, *_children(hub)]

    def dead_kernels(self) -> int:
        """Return how many kernels died or were restarted by their servers, as the servers' logs say."""
        return self.log.read_text("utf-8", "replace").count("AsyncIOLoopKernelRestarter")


@asynccontextmanager
async def running_hub(folder: Path, **variables: str) -> AsyncIterator[RunningHub]:
    """Start the Hub in ``folder``; with the block end it, all servers and kernels, by their ids.

    Args:
        variables: more for its environment.
    """
    if reason := PROXY.why_not():
        raise HubFailed(reason)
    proxy, hub, api, board = _free_ports(4)
    homes, log = folder / "homes", folder / "hub.log"
    url = f"http://127.0.0.1:{proxy}"
    settings = {"ROOM_URL": url, "ROOM_HOMES": str(homes), "ROOM_PASSWORD": PASSWORD, "ROOM_BOARD_PORT": str(board)}
    command = [sys.executable, "-m", "jupyterhub", f"--config={CONFIG}", f"--JupyterHub.hub_port={hub}"]
    command += [f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{api}"]
    command += [f"--ConfigurableHTTPProxy.command={PROGRAM}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # in containers; Jupyter refuses root by default
        command.append("--Spawner.args=--allow-root")
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment() | settings | variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    running = RunningHub(url, homes, process, log)
    try:
        await _wait_for(running)
        yield running
    finally:
        _end(running)


def _environment() -> dict[str, str]:
    """Return this process's environment without what the project sets for itself: a Hub's learners have none of it."""
    ours = ("IPYTHON", "JUPYTER", "TASKROUTER")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports: list[int] = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


async def _wait_for(hub: RunningHub) -> None:
    with suppress(TimeoutError):
        async with http_client() as client, asyncio.timeout(START_SECONDS):
            while hub.process.poll() is None:
                with suppress(httpx.TransportError):  # nobody listens yet
                    if (await client.get(f"{hub.url}/hub/health")).status_code == 200:
                        return
                await asyncio.sleep(0.2)
    code = hub.process.poll()
    what = f"didn't answer within {START_SECONDS} seconds" if code is None else f"ended with {code}"
    raise HubFailed(f"JupyterHub {what}:\n{hub.log.read_text('utf-8', 'replace')[-3000:]}")


def _end(hub: RunningHub) -> None:
    try:
        family = hub.family()
    except psutil.NoSuchProcess:
        return
    hub.process.terminate()  # the Hub then ends its proxy, its services and the servers
    _, alive = psutil.wait_procs(family, timeout=30)
    for each in alive:
        with suppress(psutil.NoSuchProcess):
            each.kill()
    hub.process.wait()


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def _memory(process: psutil.Process) -> int:
    try:
        about = process.memory_full_info()
    except psutil.Error:
        return 0
    return getattr(about, "pss", about.rss)
