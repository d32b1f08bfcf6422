"""Learner's application as a process: Flask runs its file, as it does in a terminal, and it ends with the kernel."""

from __future__ import annotations

import os
import re
import shutil
import sys
import threading
import time
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import mkdtemp
from types import ModuleType

from helpers.errors.app_problems import AppTooSlow

__all__ = ["AppProcess", "run"]

_READY_SECONDS = 20.0
_LOOK_SECONDS = 0.02
_END_SECONDS = 3.0

_LOADED = ("flask.cli", "twilio.request_validator", "twilio.rest.taskrouter.v1", "twilio.twiml.voice_response")
"""Modules that take longer to load than all else that an application does at its start."""

_URL = re.compile(rb"Running on http://127\.0\.0\.1:(\d+)")


class AppProcess:
    """Process of the application, with its log in a file, which goes with this object, or with the kernel."""

    def __init__(self, process: BaseProcess, log: Path) -> None:
        self._process = process
        self._log = log
        self.port = 0
        weakref.finalize(self, shutil.rmtree, log.parent, ignore_errors=True)

    @property
    def is_running(self) -> bool:
        """True until it has ended."""
        return bool(self._process.is_alive())

    def log(self) -> str:
        """Return all that it wrote."""
        return self._log.read_bytes().decode(errors="replace")

    def stop(self) -> None:
        """End the process, if it runs."""
        self._process.terminate()
        self._process.join(_END_SECONDS)
        if self.is_running:
            self._process.kill()
            self._process.join()

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


def run(folder: Path, port: int, environment: Mapping[str, str]) -> AppProcess:
    """Start ``app.py`` of a folder, and return it when it answers or has ended.

    Raises:
        AppTooSlow: it did neither.
    """
    log = Path(mkdtemp(prefix="taskrouter-app-"), "app.log")
    log.touch()
    started = AppProcess(_start(folder, port, {**environment, "FLASK_DEBUG": "0"}, log), log)
    started.await_ready()
    return started


def _start(*arguments: object) -> BaseProcess:
    """Start a process that serves: on Linux, where that can be, one forked from another that has loaded Flask.

    Elsewhere each loads it anew: a process that was forked may not use the network on macOS.
    """
    with _hidden_main():
        if sys.platform == "linux":
            context = get_context("forkserver")
            context.set_forkserver_preload([__name__, *_LOADED])
            with suppress(OSError):  # the folder of temporary files may be too long a name for a socket
                process = context.Process(target=_serve, args=arguments, daemon=True)
                process.start()
                return process
        fresh = get_context("spawn").Process(target=_serve, args=arguments, daemon=True)
        fresh.start()
        return fresh


@contextmanager
def _hidden_main() -> Iterator[None]:
    """Hide the kernel's main module: multiprocessing would run it again, and a notebook saved as a script is one."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _serve(folder: Path, port: int, environment: Mapping[str, str], log: Path) -> None:
    """Serve ``app.py`` as ``flask run`` does, until this process is ended, or the kernel has ended."""
    sys.stdout = sys.stderr = log.open("a", buffering=1, encoding="utf-8")
    for descriptor in (1, 2):
        os.dup2(sys.stdout.fileno(), descriptor)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    threading.Thread(target=_end_with_kernel, args=(log,), daemon=True).start()
    from flask.cli import main  # here, so that a learner without Flask reads in the log that it is missing

    sys.argv = ["flask", "--app", "app.py", "run", "--no-reload", "--port", str(port)]
    main()


def _end_with_kernel(log: Path) -> None:
    kernel = parent_process()
    assert kernel is not None
    kernel.join()
    shutil.rmtree(log.parent, ignore_errors=True)
    os._exit(0)
