"""The emulator as a process of its own, for tests that end it cleanly or not."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import httpx

__all__ = ["Process"]


class Process:
    """The emulator as a process; the first line it prints is ``ready``."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "helpers.emulator", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.ready: dict[str, str] = json.loads(self.process.stdout.readline() or "{}")
        auth = (self.ready.get("account_sid", ""), self.ready.get("auth_token", ""))
        self.http = httpx.Client(base_url=self.ready.get("url", ""), auth=auth, trust_env=False)

    def create(self, path: str, **form: str) -> dict[str, Any]:
        answer = self.http.post(f"/v1/Workspaces{path}", data=form)
        answer.raise_for_status()
        return answer.json()

    def end(self, number: int) -> tuple[int, str, str]:
        """Exit code, what else was printed, and what was complained about."""
        self.http.close()
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=10)
        return self.process.returncode, out, err
