"""The servers that are measured, each a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from twilio.rest import Client

from helpers.emulator.sdk.http_client import EmulatorHttpClient

__all__ = ["ROOT", "Server", "emulator", "floor"]

ROOT = Path(__file__).resolve().parents[2]

ACCOUNT_SID = "AC" + "5" * 32
AUTH_TOKEN = "benchmarks"


@dataclass(frozen=True)
class Server:
    """A running server; ``ready_seconds`` is the time from its start to its first line."""

    url: str
    process: psutil.Process
    ready_seconds: float

    def client(self) -> Client:
        """The SDK, leading here."""
        return Client(ACCOUNT_SID, AUTH_TOKEN, http_client=EmulatorHttpClient(self.url))

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        host, port = self.url.removeprefix("http://").split(":")
        return host, int(port)

    @property
    def authorization(self) -> str:
        """The header that says who calls."""
        return "Basic " + b64encode(f"{ACCOUNT_SID}:{AUTH_TOKEN}".encode()).decode()

    @property
    def rss(self) -> int:
        """Bytes of memory it holds now."""
        return self.process.memory_info().rss


@contextmanager
def emulator(data: Path | None, *options: str) -> Iterator[Server]:
    """``python -m helpers.emulator`` with its file in ``data``."""
    kept = () if data is None else ("--data", str(data))
    credentials = ("--account-sid", ACCOUNT_SID, "--auth-token", AUTH_TOKEN)
    with _process("helpers.emulator", *kept, *credentials, *options) as server:
        yield server


@contextmanager
def floor(file: Path | None = None) -> Iterator[Server]:
    """The floor, committing to ``file`` if there is one."""
    with _process("tests.benchmarks.floor", *([] if file is None else [str(file)])) as server:
        yield server


@contextmanager
def _process(module: str, *arguments: str) -> Iterator[Server]:
    started = time.perf_counter()
    command = [sys.executable, "-m", module, *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = json.loads(process.stdout.readline())["url"]
            yield Server(url, psutil.Process(process.pid), time.perf_counter() - started)
        finally:
            process.terminate()
