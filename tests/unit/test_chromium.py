"""The browser tests' browser is found, or installed if none starts and a test needs it, or asked for in a sentence."""

from __future__ import annotations

import subprocess
import sys
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from playwright.sync_api import Error

import start
from tests.browser import chromium

DEBIAN = "Inst chromium-common (150.0 Debian:12/stable [amd64])\nInst chromium (150.0 Debian:12/stable [amd64])\n"
UBUNTU = (
    "Note, selecting 'chromium-browser' instead of 'chromium'\nInst chromium-browser (2:1snap1-0ubuntu2 Ubuntu:24.04)\n"
)
SNAP_BY_THAT_NAME = "Inst chromium (2:1snap1-0ubuntu2 Ubuntu:24.04)\n"
PLAYWRIGHT = "playwright install --only-shell chromium"
PACKAGE = "install --yes --no-install-recommends chromium"


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A machine with nothing but apt-get, and root on it; it runs nothing, and keeps what it was told to run or say."""
    machine = SimpleNamespace(
        programs={"apt-get"}, user=0, starts=set(), brings={}, package=DEBIAN, refuses=(), told=[]
    )

    def run(command, **_):
        line = " ".join(command)
        if "--simulate" in line:
            return subprocess.CompletedProcess(command, 0, stdout=machine.package.encode())
        machine.told.append(line)
        failed = any(word in line for word in machine.refuses)
        machine.starts |= {browser for word, browser in machine.brings.items() if word in line and not failed}
        return subprocess.CompletedProcess(command, int(failed), stdout=b"E: no such luck" if failed else b"")

    def launch(executable_path=None, channel=None, **_):
        way = executable_path or channel or "Playwright's own"
        if way not in machine.starts:
            raise Error(f"{way} does not start: libnss3.so")
        return SimpleNamespace(way=way, close=lambda: None)

    playwright = SimpleNamespace(chromium=SimpleNamespace(launch=launch))
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "say", lambda step: machine.told.append(f"say: {step}"))
    monkeypatch.setattr(chromium, "LOG", tmp_path / ".local/browser.log")
    monkeypatch.setattr(chromium, "PLAYWRIGHTS_OWN", tmp_path / ".local/browsers")
    monkeypatch.setattr(chromium, "sync_playwright", lambda: nullcontext(playwright))
    monkeypatch.setattr(chromium, "browser_is_needed", lambda _arguments: True)
    monkeypatch.setattr(chromium.subprocess, "run", run)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: f"/usr/bin/{name}" if name in machine.programs else None)
    monkeypatch.setattr(chromium.os, "geteuid", lambda: machine.user, raising=False)
    return machine


def told(machine, *words: str) -> list[bool]:
    """For each word, whether one of the commands or sentences holds it."""
    return [any(word in line for line in machine.told) for word in words]


@pytest.mark.parametrize("way", ["/usr/bin/google-chrome", "chrome", "msedge", "Playwright's own"])
def test_any_browser_that_starts_will_do(machine, way):
    """Chromium, Chrome, Edge and Playwright's own are taken, and nothing is installed."""
    machine.programs |= {"chromium-browser", "google-chrome"}  # the first as on Ubuntu: there, but no browser
    machine.starts = {way}
    with chromium.started_browser() as browser:
        assert browser.way == way
    chromium.main([])

    assert machine.told == []


def test_no_browser_is_one_sentence_with_what_was_tried(machine):
    """It says what to do here and where the details are; these say what each browser answered."""
    machine.programs.add("chromium")
    with pytest.raises(chromium.NoBrowser) as refused, chromium.started_browser():
        pass

    assert "install Chromium, Chrome or Edge (sudo apt install chromium), then run the same line again" in str(
        refused.value
    )
    assert "\n" not in str(refused.value)
    assert "/usr/bin/chromium does not start: libnss3.so" in chromium.LOG.read_text(encoding="utf-8")


def test_debian_gets_its_package_and_is_told_before(machine):
    """Root on Debian: the package chromium, nothing else, and the sentence stands before the command."""
    machine.programs.add("chromium")
    machine.brings = {PACKAGE: "/usr/bin/chromium"}
    chromium.main([])
    said = [line.startswith("say: installing the system's package chromium") for line in machine.told].index(True)
    ran = [line.endswith(PACKAGE) for line in machine.told].index(True)

    assert said < ran
    assert told(machine, PLAYWRIGHT, "install-deps") == [False, False]


@pytest.mark.parametrize("package", [UBUNTU, SNAP_BY_THAT_NAME, ""])
def test_ubuntu_gets_playwrights_own(machine, package):
    """Ubuntu's package would fetch a snap, which tests can't use: it is not installed, nor one that is unknown."""
    machine.package = package
    machine.brings = {PLAYWRIGHT: "Playwright's own"}
    chromium.main([])

    assert told(machine, PACKAGE, "say: downloading", PLAYWRIGHT, "install-deps") == [False, True, True, False]


def test_sudo_without_password_is_used(machine):
    """Whoever may become root without a password gets the package, through sudo that never asks."""
    machine.programs |= {"chromium", "sudo"}
    machine.user = 1000
    machine.brings = {PACKAGE: "/usr/bin/chromium"}
    chromium.main([])

    assert all("sudo --non-interactive " in line for line in machine.told if "apt-get --" in line)
    assert told(machine, PACKAGE, PLAYWRIGHT) == [True, False]


@pytest.mark.parametrize("programs", [{"apt-get"}, {"apt-get", "sudo"}, set()])
def test_without_root_playwrights_own_is_downloaded(machine, programs):
    """No sudo, one that wants a password, no apt-get: Playwright's own, into the project's folder."""
    machine.programs, machine.user, machine.refuses = programs, 1000, ("sudo",)
    machine.brings = {PLAYWRIGHT: "Playwright's own"}
    chromium.main([])

    assert told(machine, "apt-get --", PLAYWRIGHT) == [False, True]
    assert chromium.os.environ["PLAYWRIGHT_BROWSERS_PATH"] == str(chromium.PLAYWRIGHTS_OWN)


@pytest.mark.parametrize("refuses", [("apt-get",), ()])
def test_package_that_fails_or_does_not_start_is_followed_by_playwrights_own(machine, refuses):
    """apt-get without a network, or a Chromium that does not start: Playwright's own, then the libraries it lacks."""
    machine.refuses = refuses
    machine.brings = {"install-deps": "Playwright's own"}
    chromium.main([])

    assert told(machine, PACKAGE, PLAYWRIGHT, "install-deps chromium") == [True, True, True]


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["tests/unit/test_network_guard.py", "-v"], False),
        (["tests/browser/test_pictures.py", "-vv"], True),
        (["tests/browser/test_pictures.py", "-k", "nonesuch"], False),
    ],
)
def test_pytest_says_whether_a_browser_is_needed(arguments, needed):
    """Paths, -k and the rest are pytest's to understand."""
    assert chromium.browser_is_needed(arguments) is needed


def test_nothing_is_installed_for_other_tests(machine, monkeypatch):
    """A machine without a browser keeps as it is where no test needs one."""
    monkeypatch.setattr(chromium, "browser_is_needed", lambda _arguments: False)
    chromium.main(["tests/unit"])

    assert machine.told == []


def test_browser_tests_without_browser_are_one_failure_and_others_run():
    """The suite ends red with the sentence, which stands for all of them; tests that need no browser have run."""
    code = "import pytest, tests.browser.chromium as chromium; chromium.ways = lambda: iter(()); exit(pytest.main())"
    arguments = ["--numprocesses=0", "tests/browser", "tests/unit/test_network_guard.py"]
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=start.ROOT, capture_output=True, text=True)

    assert done.returncode == 1
    assert "1 failed, 5 passed" in done.stdout
    assert done.stdout.count("\nNo browser starts here, and the browser tests need one: install Chromium") == 1
