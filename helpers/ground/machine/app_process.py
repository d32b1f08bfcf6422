"""Learner's application as a process: Flask runs its file, as it does in a terminal, and it ends with the kernel."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
import weakref
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

from helpers.errors.app_problems import AppTooSlow

__all__ = ["AppProcess", "run"]

_READY_SECONDS = 20.0
_LOOK_SECONDS = 0.02
_END_SECONDS = 3.0

_CODE = """\
import os, shutil, sys, threading

logs = sys.argv.pop(1)

def follow():
    while os.read(0, 4096):  # this pipe ends with the kernel, however that ends
        pass
    shutil.rmtree(logs, ignore_errors=True)
    os._exit(0)

threading.Thread(target=follow, daemon=True).start()
from flask.cli import main
main()
"""

_URL = re.compile(rb"Running on http://127\.0\.0\.1:(\d+)")


class AppProcess:
    """Process of the application, with its log in a file, which goes with this object, or with the kernel."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self._process = process
        self._log = log
        self.port = 0
        weakref.finalize(self, shutil.rmtree, log.parent, ignore_errors=True)

    @property
    def is_running(self) -> bool:
        """True until it has ended."""
        return self._process.poll() is None

    def log(self) -> str:
        """Return all that it wrote."""
        return self._log.read_bytes().decode(errors="replace")

    def stop(self) -> None:
        """End the process, if it runs."""
        self._process.terminate()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()

    def await_ready(self) -> None:
        """Wait until it has a port, or has ended.

        Raises:
            AppTooSlow: neither came; it was stopped.
        """
        deadline = time.monotonic() + _READY_SECONDS
        while self.is_running and not self.port:
            if found := _URL.search(self._log.read_bytes()):
                self.port = int(found[1])
            elif time.monotonic() > deadline:
                self.stop()
                raise AppTooSlow(_READY_SECONDS)
            else:
                time.sleep(_LOOK_SECONDS)
        if not self.is_running:
            self.stop()  # closes the pipe to it


def run(folder: Path, port: int, environment: Mapping[str, str]) -> AppProcess:
    """Start ``app.py`` of a folder, and return it when it answers or has ended.

    Raises:
        AppTooSlow: it did neither.
    """
    file = Path(mkdtemp(prefix="taskrouter-app-"), "app.log")
    command = [
        sys.executable,
        "-c",
        _CODE,
        str(file.parent),
        "--app",
        "app.py",
        "run",
        "--no-reload",
        "--port",
        str(port),
    ]
    with file.open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**environment, "FLASK_DEBUG": "0", "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    started = AppProcess(process, file)
    started.await_ready()
    return started
