"""The doctor says what this machine lacks, one line each, and never a secret."""

from __future__ import annotations

import importlib.metadata
import socket
import sys

import pytest

from helpers.doctor import machine_checks as doctor
from helpers.doctor.machine_checks import Finding


def seen_by(check) -> list[Finding]:
    return list(check())


@pytest.fixture
def only(monkeypatch):
    """Let the doctor make only the given checks."""
    return lambda *checks: monkeypatch.setattr(doctor, "CHECKS", checks)


def test_broken_check_is_a_finding(only):
    """A check that raises becomes a line with a fix, and the next checks are still made."""

    def sqlite():
        raise RuntimeError("out of luck")

    only(sqlite, doctor.python)
    (name, broken), (_, python) = doctor.examine()

    assert name == "sqlite"
    assert str(broken).startswith("FIX  sqlite: RuntimeError: out of luck -> delete the folder .venv")
    assert python.ready


def test_python_without_sqlite_is_told(only, monkeypatch):
    """As one that was built without it: the check's name is in the code."""
    only(doctor.sqlite)
    monkeypatch.setitem(sys.modules, "sqlite3", None)

    [(name, finding)] = doctor.examine()
    assert (name, finding.ready) == ("sqlite", False)


def test_old_python_needs_a_newer_one(monkeypatch):
    """Python 3.10 is not ready, and the fix names the oldest that is."""
    monkeypatch.setattr(doctor.sys, "version_info", (3, 10, 4, "final", 0))

    assert seen_by(doctor.python)[0].fix == "install Python 3.11 or newer"


@pytest.mark.parametrize(
    ("installed", "line"),
    [
        ("9.13.0", "ok   twilio 9.13.0"),
        ("8.2.0", "FIX  twilio 8.2.0, but it must be <10,>=9.8 -> delete the folder .venv, then run: python start.py"),
        (None, "FIX  twilio is missing -> delete the folder .venv, then run: python start.py"),
    ],
)
def test_package_version_is_compared_with_pyproject(monkeypatch, installed, line):
    """A package is fine, too old or missing; only the first is ready."""

    def version(name: str) -> str:
        if installed is None:
            raise importlib.metadata.PackageNotFoundError(name)
        return installed

    monkeypatch.setattr(doctor.importlib.metadata, "version", version)

    assert str(doctor.package("twilio<10,>=9.8")) == line


def test_packages_for_others_are_not_asked_for(monkeypatch):
    """What only the tests need, or another system, is no learner's trouble."""
    wanted = ['ruff>=1; extra == "dev"', 'uvloop>=0.21; sys_platform == "none"', 'pytest>=1; sys_platform != "none"']
    monkeypatch.setattr(doctor.importlib.metadata, "requires", lambda _: wanted)

    assert [finding.seen.split()[0] for finding in seen_by(doctor.packages)] == ["pytest"]


def test_kernel_starts_here():
    """A kernel of this environment starts and computes."""
    assert seen_by(doctor.kernel) == [Finding(True, "a kernel starts")]


def test_widget_is_made_without_a_notebook():
    """A widget can be made here, and JupyterLab's widget extensions are found."""
    assert [finding.ready for finding in seen_by(doctor.widgets)] == [True, True, True, True]


def test_taken_port_is_a_hint_only(monkeypatch):
    """Another server on JupyterLab's port does not make the machine unfit."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setattr(doctor, "JUPYTER_PORT", other.getsockname()[1])
        reachable, taken = doctor.ports()

    assert reachable.ready
    assert taken.ready
    assert "start.py --port N" in taken.fix


def test_unreachable_loopback_is_found(monkeypatch):
    """Where 127.0.0.1 itself is blocked, nothing could work: the line says so."""

    def refuse(*_, **__):
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(doctor.socket, "create_connection", refuse)

    assert str(seen_by(doctor.ports)[0]).startswith("FIX  127.0.0.1 can't be reached: Network is unreachable ->")


@pytest.mark.parametrize(("no_proxy", "ready"), [("", False), ("127.0.0.1,localhost", True)])
def test_proxy_before_loopback_is_found(monkeypatch, no_proxy, ready):
    """A proxy that would also get this machine's own requests needs NO_PROXY."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", no_proxy)

    assert seen_by(doctor.proxy)[0].ready is ready


def test_folder_without_write_access_is_named(monkeypatch):
    """The folder that cannot be written is in the line."""

    def refuse(dir):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", refuse)
    project = seen_by(doctor.disk)[0]

    assert str(project).startswith(f"FIX  can't write to {doctor.ROOT}: Permission denied")


def test_too_little_room_is_found(monkeypatch):
    """What is needed is said, in this check's one number."""
    monkeypatch.setattr(doctor, "ROOM_NEEDED", 10**18)

    assert seen_by(doctor.disk)[-1].fix == f"free some space: {10**18} MB are needed"


def test_secrets_are_said_to_be_set_but_not_shown(monkeypatch):
    """Credentials show as set or not set, never as themselves."""
    monkeypatch.setenv("NGROK_AUTHTOKEN", "swordfish")
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "AC" + "0" * 32)
    monkeypatch.setattr(doctor, "ROOT", doctor.ROOT / "helpers")  # no .env there
    twilio, ngrok = doctor.live_mode()

    assert twilio.seen == "Twilio credentials (live mode): not set: TWILIO_AUTH_TOKEN; local mode needs none"
    assert ngrok.seen == "ngrok token (live callbacks): set"
