"""A second client, in a process of its own: it fetches one small thing again and again, and notes its longest wait."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from http.client import HTTPResponse

from tests.benchmarks.load import get_request
from tests.benchmarks.processes import ROOT, Server

__all__ = ["longest_wait"]

_PAUSE_SECONDS = 0.001


def longest_wait(server: Server, path: str, during: Callable[[], object]) -> float:
    """Return the most seconds that a fetch of ``path`` took while ``during`` ran here."""
    host, port = server.address
    command = [sys.executable, "-m", __name__, host, str(port), get_request(server, path).decode()]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        during()
        process.stdin.close()
        return float(process.stdout.readline())


def _watch(host: str, port: int, request: bytes) -> None:
    """Print a line once the first answer has come, and the longest wait after it when standard input ends."""
    over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    longest = 0.0
    with socket.create_connection((host, port)) as connection:
        _fetch(connection, request)
        print("ready", flush=True)
        while not over.is_set():
            started = time.perf_counter()
            _fetch(connection, request)
            longest = max(longest, time.perf_counter() - started)
            time.sleep(_PAUSE_SECONDS)
    print(longest)


def _fetch(connection: socket.socket, request: bytes) -> None:
    connection.sendall(request)
    answer = HTTPResponse(connection)
    answer.begin()
    body = answer.read()
    if answer.status != 200:
        raise AssertionError(body.decode()[:500])


if __name__ == "__main__":
    _watch(sys.argv[1], int(sys.argv[2]), sys.argv[3].encode())
