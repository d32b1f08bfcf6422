"""Unmodified clients on the stage, each a process of its own: Python with the SDK, and curl."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.contract.stage.stage import Stage

__all__ = ["SDK", "run_curl", "run_python"]

SDK = """
import os
from twilio.rest import Client
client = Client(os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"])
taskrouter = client.taskrouter.v1
"""
"""Code that makes ``client`` and ``taskrouter`` of the SDK, as any program would."""


def run_python(stage: Stage, code: str, **variables: str) -> str:
    """Run ``code``, which can begin with ``SDK``, and return all that it prints, errors too."""
    return _run(stage, [sys.executable, "-c", code], variables)


def run_curl(stage: Stage, *arguments: str, user: str | None = None) -> str:
    """Run curl with the account's own credentials, or with those of ``user``, and return all that it prints."""
    login = user or f"{stage.account.sid}:{stage.account.auth_token}"
    return _run(stage, ["curl", "--silent", "--show-error", "--user", login, *arguments], {})


def _run(stage: Stage, command: list[str], variables: dict[str, str]) -> str:
    environment = {**os.environ, **stage.environment, **variables}
    output = subprocess.STDOUT
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=output, text=True, timeout=60).stdout
