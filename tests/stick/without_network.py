"""A network namespace that has nothing but its own 127.0.0.1."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

__all__ = ["run_without_network"]

LOOPBACK_UP = """
import fcntl, os, socket, struct, sys
with socket.socket() as any_socket:
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sH14x", b"lo", 0x1))  # SIOCSIFFLAGS, IFF_UP
os.execvp(sys.argv[1], sys.argv[1:])
"""
UNSHARE = ("unshare", "--user", "--map-root-user", "--net")


def run_without_network(*command: str | Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run ``command`` in ``cwd``, with these variables and no others but PATH, and return what it printed."""
    if subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode:
        pytest.fail("This system has no network namespaces, which this test needs: run it on another Linux.")
    return subprocess.run(
        [*UNSHARE, sys.executable, "-c", LOOPBACK_UP, *map(str, command)],
        cwd=cwd,
        env={"PATH": "/usr/bin:/bin", "HOME": str(cwd.parent), **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
