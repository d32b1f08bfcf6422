"""Jupyter server on this machine for a rehearsal, with a folder of lessons for each seat."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import zmq

import start
from deploy.lessons import lesson_paths
from deploy.rehearsal.server import Server, http_client

__all__ = ["LOG", "RehearsalFailed", "local_server", "wait_for_server"]

START_SECONDS = 120
LOG = start.LOCAL / "rehearsal.log"
KERNEL_SOCKET = len("/kernel-01234567-89ab-cdef-0123-456789abcdef-ipc-1")


class RehearsalFailed(start.SetupError):
    """The rehearsal can't begin; the text says why, and what to do."""


@asynccontextmanager
async def local_server(seats: Iterable[str]) -> AsyncIterator[Server]:
    """Start a server on 127.0.0.1 and end it, its kernels and all they wrote with the block.

    The lessons of a seat are in the folder of its name.

    Raises:
        RehearsalFailed: the server didn't start.
    """
    short = Path("/tmp") if os.name != "nt" and Path("/tmp").is_dir() else None  # macOS' own is too long for sockets
    with tempfile.TemporaryDirectory(prefix="room-", dir=short, ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        for seat in seats:
            (home / "seats" / seat).mkdir(parents=True)
            for lesson in lesson_paths():
                shutil.copyfile(lesson, home / "seats" / seat / lesson.name)
        token = secrets.token_urlsafe(24)
        process = _start(home, token)
        try:
            url = await wait_for_server(process, home / "runtime")
            headers = {"Authorization": f"token {token}"}
            async with http_client() as client:
                yield Server(url, client, headers)
        finally:
            _end(process)


def _start(home: Path, token: str) -> subprocess.Popen[bytes]:
    start.prepare_lab_home(home)
    environment = start.lab_environment(home, {**os.environ, "JUPYTER_TOKEN": token})
    environment |= start.LOCAL_MODE | {"TASKROUTER_PROGRESS": "progress.json"}  # in the folder of the seat
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root"]
    command += ["--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", f"--ServerApp.root_dir={home / 'seats'}"]
    command.append(f"--KernelManager.transport={transport(home)}")
    command.append("--LanguageServerManager.autodetect=False")  # it would start npm
    # If this process is killed, the server ends by itself.
    command += ["--MappingKernelManager.cull_idle_timeout=600", "--MappingKernelManager.cull_connected=True"]
    command += ["--ServerApp.shutdown_no_activity_timeout=900"]
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("wb") as log:
        return subprocess.Popen(
            command,
            cwd=home,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl+C is for this process, which then ends the server
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # the same on Windows
        )


def transport(home: Path) -> str:
    """Return ``ipc`` where the system has it, else ``tcp``, on which two of many kernels may want one port."""
    longest: int = getattr(zmq, "IPC_PATH_MAX_LEN", 0)  # 107 on Linux, 103 on macOS
    return "ipc" if len(str(home / "runtime")) + KERNEL_SOCKET <= longest and os.name != "nt" else "tcp"


async def wait_for_server(process: subprocess.Popen[Any], runtime: Path) -> str:
    """Return the server's address once it has written the file about itself into its folder ``runtime``."""
    try:
        async with asyncio.timeout(START_SECONDS):
            while process.poll() is None:
                # By its ending: on Windows .venv's Python starts another one, whose number is in the name.
                for about in runtime.glob("jpserver-*.json"):
                    if text := about.read_text("utf-8"):
                        return str(json.loads(text)["url"])
                await asyncio.sleep(0.1)
    except TimeoutError:
        pass
    raise RehearsalFailed(
        f"The Jupyter server didn't start; its last words are in {LOG}. Run `python start.py doctor`, then try again."
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the server and its kernels, by force if need be."""
    try:
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    process.terminate()
    _, alive = psutil.wait_procs(family, timeout=15)
    for each in alive:
        with suppress(psutil.NoSuchProcess):
            each.kill()
    process.wait()
