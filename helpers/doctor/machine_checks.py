"""Checks of this machine: everything that the notebooks need, with what to do if it's missing.

Nothing else of the project is imported, and no package before its check, so that a broken installation is told.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["CHECKS", "ROOM_NEEDED", "Finding", "examine"]

PROJECT = "taskrouter-notebooks"
ROOT = Path(__file__).resolve().parents[2]
HAS_START = (ROOT / "start.py").exists()
"""True in a clone of the project, False where it's installed as a package."""
MEND_INSTALLATION = (
    "delete the folder .venv, then run: python start.py" if HAS_START else "install taskrouter-notebooks again with pip"
)
JUPYTER_PORT = 8888
ROOM_NEEDED = 200  # MB; the packages are there by now, but not all their bytecode, 100 MB
KERNEL_SECONDS = 60


@dataclass(frozen=True)
class Finding:
    """Result of one check: ``ready``, or not, with a ``fix``; a ``fix`` of what is ready is a hint."""

    ready: bool
    seen: str
    fix: str = ""

    def __str__(self) -> str:
        mark = "ok  " if self.ready else "FIX "
        return f"{mark} {self.seen}" + (f" -> {self.fix}" if self.fix else "")


def examine() -> Iterator[tuple[str, Finding]]:
    """Yield every finding with its check's name, in the order of ``CHECKS``; a check that raises is a finding, too."""
    for check in CHECKS:
        name = check.__name__
        try:
            for finding in check():
                yield name, finding
        except Exception as error:
            seen = f"{name.replace('_', ' ')}: {type(error).__name__}: {error}"
            yield name, Finding(False, seen, MEND_INSTALLATION)


def python() -> Iterator[Finding]:
    """Check that the interpreter is new enough."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    ready = sys.version_info >= (3, 11)
    yield Finding(ready, f"Python {version} at {sys.executable}", "" if ready else "install Python 3.11 or newer")


def packages() -> Iterator[Finding]:
    """Check that every package of pyproject.toml that this machine needs is installed, in an allowed version."""
    from packaging.requirements import Requirement

    try:
        wanted = importlib.metadata.requires(PROJECT) or []
    except importlib.metadata.PackageNotFoundError:
        yield Finding(False, f"the package {PROJECT} is not installed in this Python", "run: python start.py doctor")
        return
    for line in wanted:
        marker = Requirement(line).marker
        if marker is None or marker.evaluate({"extra": ""}):
            yield package(line)


def package(requirement_line: str) -> Finding:
    """Check one requirement, such as ``twilio<10,>=9.8``."""
    from packaging.requirements import Requirement

    requirement = Requirement(requirement_line)
    try:
        version = importlib.metadata.version(requirement.name)
    except importlib.metadata.PackageNotFoundError:
        return Finding(False, f"{requirement.name} is missing", MEND_INSTALLATION)
    if not requirement.specifier.contains(version, prereleases=True):
        return Finding(
            False, f"{requirement.name} {version}, but it must be {requirement.specifier}", MEND_INSTALLATION
        )
    return Finding(True, f"{requirement.name} {version}")


def widgets() -> Iterator[Finding]:
    """Check that a widget can be made, and that JupyterLab has both extensions that draw widgets, and ours."""
    import anywidget
    import ipywidgets

    class Probe(anywidget.AnyWidget):
        _esm = "export default {render() {}}"

    ipywidgets.VBox([ipywidgets.Button(), Probe()])
    yield Finding(True, "a widget can be created")
    folder = Path(sys.prefix) / "share/jupyter/labextensions"
    for extension in ("@jupyter-widgets/jupyterlab-manager", "anywidget", PROJECT):
        ready = (folder / extension / "package.json").exists()
        fix = "" if ready else MEND_INSTALLATION
        yield Finding(ready, f"JupyterLab extension {extension} is {'installed' if ready else 'missing'}", fix)


def kernel() -> Iterator[Finding]:
    """Check that a kernel starts and runs code; one that dies at once has perhaps lost its ports to another kernel."""
    try:
        ready = _computes_in_kernel()
    except RuntimeError:
        ready = _computes_in_kernel()
    yield Finding(ready, f"a kernel {'starts' if ready else 'cannot compute'}", "" if ready else MEND_INSTALLATION)


def _computes_in_kernel() -> bool:
    """Start a kernel, and return True if it runs code.

    Raises:
        RuntimeError: it died, or wasn't ready in time.
    """
    from jupyter_client.manager import KernelManager

    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    client = manager.blocking_client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=KERNEL_SECONDS)
        reply = client.execute_interactive("assert 6 * 7 == 42", timeout=KERNEL_SECONDS)
        return bool(reply["content"]["status"] == "ok")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def ports() -> Iterator[Finding]:
    """Check that a server on 127.0.0.1 can be reached; note if JupyterLab's usual port is in use."""
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname(), timeout=5).close()
    except OSError as error:
        yield Finding(False, f"127.0.0.1 can't be reached: {error.strerror}", "exclude 127.0.0.1 from firewall and VPN")
        return
    yield Finding(True, "a server on 127.0.0.1 gets a free port and can be reached")
    try:
        socket.create_server(("127.0.0.1", JUPYTER_PORT)).close()
    except OSError:
        yield Finding(
            True, f"port {JUPYTER_PORT} is in use", "JupyterLab uses the next one, or choose one: start.py --port N"
        )
    else:
        yield Finding(True, f"port {JUPYTER_PORT} is free")


def proxy() -> Iterator[Finding]:
    """Check that no proxy is used for this machine's own servers."""
    if urllib.request.getproxies() and not urllib.request.proxy_bypass("127.0.0.1"):
        yield Finding(False, "a proxy is set for 127.0.0.1 too", "set NO_PROXY=127.0.0.1,localhost in the environment")
    else:
        yield Finding(True, "no proxy is set for 127.0.0.1")


def disk() -> Iterator[Finding]:
    """Check that the project's folder and the temporary one can be written, and that there is room."""
    project = ROOT if is_own_clone() else Path.cwd()  # a package's own folder isn't the reader's, nor is a Hub's clone
    for folder in (project, Path(tempfile.gettempdir())):
        try:
            tempfile.TemporaryFile(dir=folder).close()
        except OSError as error:
            yield Finding(
                False, f"can't write to {folder}: {error.strerror}", "move the project to a folder that you own"
            )
        else:
            yield Finding(True, f"can write to {folder}")
    free = shutil.disk_usage(project).free // 1_000_000
    fix = "" if free >= ROOM_NEEDED else f"free some space: {ROOM_NEEDED} MB are needed"
    yield Finding(free >= ROOM_NEEDED, f"{free} MB free", fix)


def sqlite() -> Iterator[Finding]:
    """Check that SQLite works, which stores the emulator's data."""
    import sqlite3  # a Python that somebody built may lack it

    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        database.execute("select json('{}')")
    yield Finding(True, f"SQLite {sqlite3.sqlite_version}")


def progress() -> Iterator[Finding]:
    """Check that the file of the learner's progress can be read and written."""
    path = progress_path()
    if path is None:
        yield Finding(True, "your progress isn't saved: TASKROUTER_PROGRESS is empty")
        return
    fault = find_fault_in_progress(path)
    fix = f"rename {path}; or run reset_progress() in a notebook, which keeps it as {path.name}.old"
    yield Finding(
        not fault, f"can't read your progress: {fault}" if fault else "your progress can be read", fix * bool(fault)
    )
    folder = next(each for each in path.parents if each.exists())  # the others are made with the file
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        yield Finding(False, f"can't save your progress in {folder}: {error.strerror}", "make this folder writable")


def progress_path() -> Path | None:
    """Return the path of that file as ``helpers.settings`` reads it, or None if there is to be none."""
    value = environment_and_dotenv(ROOT).get("TASKROUTER_PROGRESS")
    if value is None:
        records = ROOT / ".local" if is_own_clone() else Path(os.path.expanduser("~/.taskrouter-notebooks"))
        return records / "progress.json"
    path = without_quotes(value)
    return Path(path).expanduser().absolute() if path else None


def is_own_clone() -> bool:
    """Return True if records are in this folder, as ``helpers.ground.machine.learner_folders`` decides."""
    return HAS_START and os.access(ROOT, os.W_OK)


def find_fault_in_progress(path: Path) -> str:
    """Return what is wrong with the file, nothing if it's fine or not there yet."""
    try:
        return "" if is_progress(json.loads(path.read_bytes())) else "the file's format isn't known"
    except FileNotFoundError:
        return ""
    except OSError as error:
        return error.strerror or type(error).__name__
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return "the file is damaged"


def is_progress(record: Any) -> bool:
    """Return True for what ``helpers.lessons.progress`` writes; what is quite different may raise an error."""
    exercises = record.get("exercises", {}).values()
    answers = record.get("recall", {}).values()
    return (
        record.get("format", 1) == 1
        and all(each.get("state", "open") in ("open", "tried", "solved") for each in exercises)
        and all(isinstance(each, list) for each in answers)
    )


def live_mode() -> Iterator[Finding]:
    """Note which credentials are set, without their values; local mode needs none."""
    settings = environment_and_dotenv(ROOT if HAS_START else Path.cwd())
    for what, names in {
        "Twilio credentials (live mode)": ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"),
        "ngrok token (live callbacks)": ("NGROK_AUTHTOKEN",),
    }.items():
        missing = [name for name in names if not without_quotes(settings.get(name) or "")]
        state = f"not set: {', '.join(missing)}; local mode needs none" if missing else "set"
        yield Finding(True, f"{what}: {state}")


def environment_and_dotenv(folder: Path) -> Mapping[str, str | None]:
    """Return the variables of the environment and of ``.env`` in ``folder``, which the environment overrides."""
    from dotenv import dotenv_values

    return {**dotenv_values(folder / ".env"), **os.environ}


def without_quotes(value: str) -> str:
    """Return ``value`` as ``helpers.settings`` reads it, without blanks and quotes around it."""
    value = value.strip()
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].strip() if is_quoted else value


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    python,
    packages,
    disk,
    ports,
    proxy,
    kernel,
    widgets,
    sqlite,
    progress,
    live_mode,
)
