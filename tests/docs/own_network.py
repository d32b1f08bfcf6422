"""Network and hosts file of one's own, for a page that uses port 443 and changes /etc/hosts."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["own_network"]

_NAMESPACES = ("unshare", "--user", "--map-root-user", "--net", "--mount")

_LOOPBACK_UP = """
import fcntl, socket, struct
with socket.socket() as any_socket:
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sH14x", b"lo", 0x1))  # SIOCSIFFLAGS, IFF_UP
"""


def own_network(folder: Path) -> tuple[str, ...] | None:
    """Return a command that runs a script of bash as the administrator of a network of its own.

    In it all ports are free, /etc/hosts is a copy in ``folder``, and nothing leaves the machine.

    Returns:
        None, where the system has no such thing.
    """
    if shutil.which(_NAMESPACES[0]) is None or subprocess.run([*_NAMESPACES, "true"], capture_output=True).returncode:
        return None
    hosts = folder / "hosts"
    shutil.copy("/etc/hosts", hosts)
    commands = folder / "commands"
    commands.mkdir()
    (commands / "sudo").write_text('#!/bin/sh\nexec "$@"\n')  # who types is the administrator already
    (commands / "sudo").chmod(0o755)
    prepare = (
        f"mount --bind {shlex.quote(str(hosts))} /etc/hosts",
        shlex.join([sys.executable, "-c", _LOOPBACK_UP]),
        f'PATH={shlex.quote(str(commands))}:$PATH exec bash -c "$0"',
    )
    return (*_NAMESPACES, "bash", "-c", " && ".join(prepare))
