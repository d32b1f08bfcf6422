"""``python start.py rehearse``: two learners on a real Jupyter server of this machine, and Ctrl+C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import psutil

import start

COMMAND = [sys.executable, "-m", "deploy.rehearsal", "--learners", "2", "--lessons", "03"]


def rehearsal() -> subprocess.Popen[str]:
    """The command, started where a terminal's Ctrl+C would reach it, and whatever belongs to it."""
    environment = {**os.environ, "COLUMNS": "200"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(COMMAND, cwd=start.ROOT, env=environment, start_new_session=True, **pipes)


def test_careful_and_careless_learner_succeed():
    """Each has a row in the table; the careless one was told in sentences what to do."""
    running = rehearsal()
    printed = running.communicate()[0]

    assert running.returncode == 0, printed
    assert "as stored\n" in printed
    assert "out of order: " in printed
    assert "cells refused (`" in printed
    assert "2 lessons in " in printed
    assert " none failed." in printed


def test_interrupt_ends_everything():
    """The server and all kernels end before the command does, and it says so."""
    running = rehearsal()
    assert running.stdout
    for line in running.stdout:
        if line.startswith("seat"):
            break
    family = psutil.Process(running.pid).children(recursive=True)
    os.killpg(running.pid, signal.SIGINT)
    printed = running.communicate()[0]

    assert family
    assert running.returncode == 1
    assert printed.splitlines()[-1] == "rehearse: Stopped. The server and all kernels have ended."
    assert [each for each in family if each.is_running()] == []
