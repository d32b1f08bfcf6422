"""The learner's application while it runs, and ``run_app``, which starts it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from helpers.connection import Connection, connect
from helpers.errors.app_problems import AppPortTaken, AppStopped, AppUnreachable
from helpers.ground.choice import current_ground
from helpers.ground.ground import Program
from helpers.webapp import app_file

__all__ = ["OwnApp", "current_app", "last_lines", "run_app", "start_app", "stop_app"]

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_REQUEST = re.compile(r'^\S+ - - \[[^]]*\] "(\S+) (\S+) [^"]*" (\d{3}) \S+$')
_BANNER = re.compile(r"^ \* |^WARNING: This is a development server|^Press CTRL\+C to quit$|^\s*$")
_TIMES = re.compile(r"^\[[^]]*\] (?=ERROR in app)")
_NO_PORT = re.compile(r"^(?:Address already in use|Permission denied|Port \d+ is in use)", re.MULTILINE)
_NO_APPLICATION = "Failed to find Flask application"
_MAKES_IT = (
    "Section 2 creates it, with `app = Flask(__name__)`. Run the cells that start with `%%app`, from the first one "
    "on, then this one again."
)
_NEW_PORT = (
    "Another program uses your app's port now, so your app has a new one. A Workflow that calls your app needs the new "
    "address: run the cell that sets `assignment_callback_url` again."
)
"""Notice without the port, which differs on each machine: a notebook's stored outputs never do."""
_WHERE = re.compile(r'File ".*?my_app[\\/]app\.py", line (\d+)')
_TELLS = re.compile(r"^(?:[\w.]+(?:Error|Exception|Interrupt|Exit|Warning)|KeyError)\b")


class OwnApp:
    """The learner's application, ``my_app/app.py``, as it was when it was started."""

    def __init__(self, program: Program, connection: Connection) -> None:
        self._program = program
        self._connection = connection
        self._was_stopped = False

    @property
    def is_running(self) -> bool:
        """True while it can answer."""
        return self._program.is_running

    @property
    def port(self) -> int:
        """Its port on this machine."""
        return self._program.port

    @property
    def url(self) -> str:
        """Its address on this machine; a browser shows its page there.

        Raises:
            AppStopped: it isn't running.
        """
        self.require_running()
        return f"http://127.0.0.1:{self.port}"

    @property
    def assignment_url(self) -> str:
        """URL to set as a Workflow's ``assignment_callback_url``.

        Raises:
            AppStopped: it isn't running.
            AppUnreachable: the mode is live, and Twilio can't call this machine.
        """
        if self._connection.mode == "live":
            raise AppUnreachable
        return f"{self.url}/assignment_callback"

    def log(self, path: str = "") -> str:
        """Return what it wrote since its start: a line for each request, and its errors.

        Args:
            path: with one, such as "/create_task", only the lines of requests to it.
        """
        log = read_log(self._program.log())
        return "\n".join(line for line in log.splitlines() if path in line.split()) if path else log

    def stop(self) -> None:
        """Stop it, as Ctrl+C does in a terminal; do nothing if it doesn't run."""
        self._was_stopped = self._was_stopped or self.is_running
        self._program.stop()

    def require_running(self) -> None:
        """Let it be if it runs.

        Raises:
            AppStopped: it doesn't.
        """
        if self._was_stopped:
            raise AppStopped("Your app was stopped.", "", "Start it again with `app = run_app()`.")
        if not self.is_running:
            raise AppStopped(
                "Your app has ended by itself.", last_lines(self.log()), "Start it with `app = run_app()`."
            )

    def __repr__(self) -> str:
        return f"OwnApp({'running' if self.is_running else 'stopped'})"


_current: OwnApp | None = None


def current_app() -> OwnApp | None:
    """Return the application that this kernel started last; None before the first."""
    return _current


def run_app(port: int = 0) -> OwnApp:
    """Start ``my_app/app.py`` as it is now, and return it; one that this kernel started before is stopped first.

    It is a program of its own, as in a terminal, and ends with the kernel. Its settings are the environment's, which
    ``connection.export`` fills; ``TASKROUTER_URL`` is the emulator's address, and empty in live mode.

    Args:
        port: by default the one it had before, so that a Workflow that leads there still does; at first a free one, and
            another one if a program has taken it since, which is printed.

    Raises:
        AppMissing: there is no such file.
        AppUnreadable: it isn't text in UTF-8.
        AppSyntax: it isn't valid Python.
        AppPortTaken: it can't have this ``port``.
        AppStopped: it ended while it started; the text has the error and its line.
        AppTooSlow: it wasn't ready in time.
    """
    global _current
    if type(port) is not int or not 0 <= port < 65536:
        raise AppPortTaken(port)
    app_file.check_syntax(app_file.read())
    connection = connect()
    before = 0 if _current is None else _current.port
    stop_app()
    program = _start(connection, port or before)
    if before and not port and _has_no_port(program):
        program = _start(connection, 0)
        print(_NEW_PORT)
    if not program.is_running:
        raise AppPortTaken(port) if _has_no_port(program) else _explain_end(program)
    _current = OwnApp(program, connection)
    return _current


def start_app(settings: Mapping[str, str]) -> OwnApp:
    """Start ``my_app/app.py`` once more, on a free port; the kernel's own app, if it runs, goes on.

    Args:
        settings: variables of the environment that the second one gets in place of the kernel's.

    Raises:
        AppMissing: as for ``run_app``, as are ``AppUnreadable``, ``AppSyntax``, ``AppStopped`` and ``AppTooSlow``.
    """
    app_file.check_syntax(app_file.read())
    program = current_ground().run_app(app_file.folder(), 0, {**os.environ, **settings})
    if not program.is_running:
        raise _explain_end(program)
    return OwnApp(program, connect())


def _start(connection: Connection, port: int) -> Program:
    environment = {**os.environ, "TASKROUTER_URL": connection.emulator_url}
    return current_ground().run_app(app_file.folder(), port, environment)


def _has_no_port(program: Program) -> bool:
    """Return True if it ended because it couldn't have its port."""
    return not program.is_running and _NO_PORT.search(program.log()) is not None


def stop_app() -> None:
    """Stop the application of this kernel, if one runs."""
    if _current is not None:
        _current.stop()


def read_log(raw: str) -> str:
    """Return a log of Flask's without colors, dates and the words it begins with: requests and errors."""
    lines = [_ANSI.sub("", line) for line in raw.splitlines()]
    kept = [_TIMES.sub("", line) for line in lines if not _BANNER.match(line)]
    return "\n".join(_REQUEST.sub(r"\1 \2 → \3", line) for line in kept)


def last_lines(log: str) -> str:
    """Return the end of a log as an error should show it: the last place in the learner's file, and the error."""
    places = _WHERE.findall(log)
    told = [line for line in log.splitlines() if _TELLS.match(line)]
    if told:
        place = f"  line {places[-1]} of {app_file.FILE}\n" if places else ""
        return f"{place}  {told[-1]}"
    return "\n".join(f"  {line.strip()}" for line in log.splitlines()[-2:])


def _explain_end(program: Program) -> AppStopped:
    log = last_lines(read_log(program.log()))
    setting = re.search(r"KeyError: '([A-Z_]+)'", log)
    advice = "Fix that line in the cell that wrote it, run that cell, then this one again."
    if setting:
        advice = (
            f"`{setting[1]}` is a setting that isn't there. Run the cell with `connection.export`, then this one again."
        )
    elif _NO_APPLICATION in log:
        advice = _MAKES_IT
    return AppStopped("Your app stopped while it was starting.", log, advice)
