"""Learner's application in a page: its file is run here, and its requests are WSGI calls."""

from __future__ import annotations

import io
import os
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from helpers.errors.listener_errors import PortTaken
from helpers.ground.message import Reply, Request, header
from helpers.ground.page.page_door import PageDoor

__all__ = ["AppInPage", "run"]

_IGNORE_RUN = "FLASK_RUN_FROM_CLI"
"""Variable of ``flask run``, for which Flask ignores a call of ``app.run()`` in the file: it would never return."""


class AppInPage:
    """Application that answers at a port of the page until it is stopped."""

    server_name = None

    def __init__(self) -> None:
        self._door: PageDoor | None = None
        self._wsgi: Any = None
        self._log = io.StringIO()
        self.port = 0

    @property
    def is_running(self) -> bool:
        """True from its start to its stop."""
        return self._door is not None

    def log(self) -> str:
        """Return all that it wrote."""
        return self._log.getvalue()

    def stop(self) -> None:
        """Answer no more."""
        door, self._door = self._door, None
        if door is not None:
            door.close()

    def start(self, folder: Path, port: int, environment: Mapping[str, str]) -> None:
        """Run the file and let its application answer; what goes wrong is in the log."""
        file = folder / "app.py"
        names: dict[str, Any] = {"__name__": "app", "__file__": str(file)}
        try:
            with self._printing(), _environment({**environment, _IGNORE_RUN: "true"}):
                exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), names)
            self._wsgi = names["app"]
            _let_log_errors(self._wsgi)
            self._door = PageDoor(port, self)
            self.port = self._door.port
        except PortTaken:
            self._log.write(f"Address already in use\nPort {port} is in use by another program.\n")
        except (Exception, SystemExit):
            self._log.write(traceback.format_exc())

    def answer(self, request: Request) -> tuple[Reply, object]:
        """Ask the application, and note the request in the log as Flask's own server does."""
        began: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], error: object = None) -> None:
            began.update(status=int(status.split()[0]), headers=headers)

        with self._printing():
            body = _join(self._wsgi(self._environ(request), start_response))
        self._log.write(f'127.0.0.1 - - [] "{request.method} {request.target} HTTP/1.1" {began["status"]} -\n')
        return _reply(began["status"], began["headers"], body), None

    def turn_away(self, request: Request, reply: Reply) -> Reply:
        """Leave the refusal as it is."""
        return reply

    @contextmanager
    def _printing(self) -> Iterator[None]:
        """Let what the application prints go to its log."""
        with redirect_stdout(self._log), redirect_stderr(self._log):
            yield

    def _environ(self, request: Request) -> dict[str, Any]:
        """Return the request as PEP 3333 has it."""
        host = header(request.headers, "Host") or f"127.0.0.1:{self.port}"
        return {
            **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()},
            "REQUEST_METHOD": request.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(request.path, "latin-1"),
            "QUERY_STRING": request.query,
            "CONTENT_TYPE": header(request.headers, "Content-Type"),
            "CONTENT_LENGTH": str(len(request.raw)),
            "SERVER_NAME": host.partition(":")[0],
            "SERVER_PORT": str(self.port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(request.raw),
            "wsgi.errors": self._log,
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }


def run(folder: Path, port: int, environment: Mapping[str, str]) -> AppInPage:
    """Run ``app.py`` of a folder, and return it, running or with the reason in its log."""
    app = AppInPage()
    app.start(folder, port, environment)
    return app


@contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    """Let these be the variables while the file runs, which reads its settings then."""
    before = dict(os.environ)
    os.environ.update(wanted)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _let_log_errors(application: Any) -> None:
    """Let a Flask application write its errors into its log, also where the kernel has set up a log of its own."""
    from flask.logging import default_handler

    if logger := getattr(application, "logger", None):
        logger.addHandler(default_handler)


def _join(parts: Iterable[bytes]) -> bytes:
    try:
        return b"".join(parts)
    finally:
        if close := getattr(parts, "close", None):
            close()


def _reply(status: int, headers: list[tuple[str, str]], body: bytes) -> Reply:
    kinds = [value for name, value in headers if name.lower() == "content-type"]
    more = tuple((name, value) for name, value in headers if name.lower() not in ("content-type", "content-length"))
    return Reply(status, body, kinds[0] if kinds else "", more)
