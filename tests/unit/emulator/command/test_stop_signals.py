"""Signals that end a server are never missed."""

from __future__ import annotations

import subprocess
import sys


def test_signal_in_the_moment_before_the_wait_is_not_missed():
    """Signals sent as the wait begins: of those a main thread that waits for a lock misses one in some hundred."""
    script = """
import os, signal, threading
from helpers.emulator.command.stop_signals import stop_signals

go, rounds = threading.Semaphore(0), range(5_000)

def send():
    for _ in rounds:
        go.acquire()
        os.kill(os.getpid(), signal.SIGTERM)

with stop_signals() as wait:
    threading.Thread(target=send, daemon=True).start()
    for _ in rounds:
        go.release()
        wait()
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
