"""Kernel that is live on the stage, in a process of its own, which can be killed at any request."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile

from tests.contract.stage import Stage

__all__ = ["run_kernel"]

_PREAMBLE = """
import os, re, signal, sys
from twilio.http.http_client import TwilioHttpClient

def deadly(send, method, path, moment):
    def request(self, verb, uri, *rest, **more):
        is_fatal = verb.upper() == method and re.search(path, uri)
        if is_fatal and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        response = send(self, verb, uri, *rest, **more)
        if is_fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return response
    return request

if len(sys.argv) > 1:
    TwilioHttpClient.request = deadly(TwilioHttpClient.request, *sys.argv[1:])

from helpers import catch_up, connect, tidy_up
"""


def run_kernel(stage: Stage, code: str, *fatal: str) -> str:
    """Run ``code``, which has catch_up, connect and tidy_up, and return all that it prints, errors too.

    Args:
        fatal: method, regular expression of the URL, and ``before`` or ``after``: the request that kills the process.
    """
    environment = {**os.environ, **stage.environment}
    command = [sys.executable, "-c", _PREAMBLE + code, *fatal]
    root = Path(__file__).parents[2]
    with TemporaryFile("w+") as output:  # not a pipe, which an agent would keep open that outlives the process
        subprocess.run(command, cwd=root, env=environment, stdout=output, stderr=subprocess.STDOUT, timeout=60)
        output.seek(0)
        return output.read()
