"""A server for looking at the site on this machine."""

from __future__ import annotations

import http.server
import os
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import start

__all__ = ["make_server", "serve"]

_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm"}


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Handler that says nothing, and knows types that a machine may have wrong."""

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Return the type of a file."""
        return _TYPES.get(Path(path).suffix) or super().guess_type(path)

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    """Server that says nothing of a browser that doesn't wait for an answer."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Show an error of our own."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def make_server(folder: Path, port: int) -> http.server.ThreadingHTTPServer:
    """Return a server on 127.0.0.1; port 0 takes any that is free."""
    return _Server(("127.0.0.1", port), partial(_Handler, directory=folder))


def serve(folder: Path, port: int) -> None:
    """Serve ``folder`` until Ctrl+C."""
    with make_server(folder, port) as server:
        start.say(f"http://127.0.0.1:{server.server_port}/ shows the site; stop it with Ctrl+C")
        with suppress(KeyboardInterrupt):
            server.serve_forever()
