"""A browser for the tests: any that starts on this machine, or else one that is installed.

``python -m tests.browser.chromium ...`` takes pytest's arguments. Where no browser starts, and they select a test that
needs one, it installs one, and says so before: nothing else here changes what is outside this folder.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

import start

__all__ = ["NoBrowser", "main", "started_browser"]

LOG = start.LOCAL / "browser.log"
PLAYWRIGHTS_OWN = start.LOCAL / "browsers"
HOME = start.LOCAL / "browser-home"
PROGRAMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
CHANNELS = ("chrome", "msedge")  # Playwright knows where Windows, macOS and Linux keep these
ARGUMENTS = (
    "--disable-background-networking",  # without these it looks up its maker's hosts at every start
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
APT = ("env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C", "apt-get", "--quiet", "--option=DPkg::Lock::Timeout=120")
ADVICE = (
    "No browser starts here, and the browser tests need one: install Chromium, Chrome or Edge{example}, then run the "
    "same line again; what was tried, and what it said, is in {log}."
)


class NoBrowser(Exception):
    """No browser starts on this machine; the text says what to do."""


def main(arguments: list[str]) -> None:
    """Install a browser if one of the tests that pytest's ``arguments`` select needs it, and none starts."""
    LOG.unlink(missing_ok=True)
    if not browser_starts() and browser_is_needed(arguments):
        install()


# --- find one ------------------------------------------------------------------------------------------------------


@contextmanager
def started_browser(*arguments: str) -> Iterator[Browser]:
    """A headless browser, closed at the end of the block, and Playwright with it; NoBrowser where none starts."""
    if PLAYWRIGHTS_OWN.exists():
        os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(PLAYWRIGHTS_OWN))
    with sync_playwright() as playwright:
        browser = launch(playwright, *arguments)
        try:
            yield browser
        finally:
            browser.close()


def launch(playwright: Playwright, *arguments: str) -> Browser:
    """Start the first browser that does start; a program of a browser's name need not be one, as on Ubuntu."""
    # On Linux it would leave reports of crashes and settings in the reader's home, whatever profile it is given.
    folders = {name: str(HOME) for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    for way in ways():
        try:
            return playwright.chromium.launch(**way, args=[*ARGUMENTS, *arguments], env={**os.environ, **folders})
        except Error as error:
            note(f"{way or 'its own'}: {error}")
    example = " (sudo apt install chromium)" if debian_package_there() else ""
    raise NoBrowser(ADVICE.format(example=example, log=LOG.relative_to(start.ROOT)))


def ways() -> Iterator[dict[str, Any]]:
    """Playwright's arguments for each browser that may be here; its own comes last."""
    yield from ({"executable_path": path} for path in map(shutil.which, PROGRAMS) if path)
    yield from ({"channel": channel} for channel in CHANNELS)
    yield {}


def browser_starts() -> bool:
    """True if the tests have a browser."""
    try:
        with started_browser():
            return True
    except NoBrowser:
        return False


def browser_is_needed(arguments: list[str]) -> bool:
    """True if pytest's ``arguments`` select a browser test: pytest itself is asked, which takes some seconds."""
    command = [sys.executable, "-m", "pytest", *arguments, "--collect-only", "--verbosity=-1"]
    selected = subprocess.run(command, cwd=start.ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return any(line.startswith(b"tests/browser/") for line in selected.stdout.splitlines())


# --- install one ---------------------------------------------------------------------------------------------------


def install() -> None:
    """Install a browser: Debian's package where that may be done without a password, or else Playwright's own."""
    start.say("no browser starts on this machine, and the browser tests need one")
    root = becoming_root()
    if root is not None:
        attempt(*root, *APT, "update")
        if debian_package_there():
            start.say("installing the system's package chromium with apt-get (about 100 MB)")
            if attempt(*root, *APT, "install", "--yes", "--no-install-recommends", "chromium") and browser_starts():
                return
    start.say(f"downloading Playwright's own Chromium into {PLAYWRIGHTS_OWN.relative_to(start.ROOT)} (about 100 MB)")
    os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(PLAYWRIGHTS_OWN))
    attempt(sys.executable, "-m", "playwright", "install", "--only-shell", "chromium")
    if root is not None and not browser_starts():
        start.say("installing the libraries that it needs with apt-get")
        attempt(*root, sys.executable, "-m", "playwright", "install-deps", "chromium")


def becoming_root() -> tuple[str, ...] | None:
    """How to run apt-get without being asked for a password; None where that cannot be, or there is no apt-get."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ()
    sudo = ("sudo", "--non-interactive")
    return sudo if shutil.which("sudo") and attempt(*sudo, "true") else None


def debian_package_there() -> bool:
    """True if apt-get would install a browser by the name of chromium: Ubuntu's only fetches a snap, useless here."""
    if not shutil.which("apt-get"):
        return False
    command = [*APT, "--simulate", "install", "chromium"]
    plan = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    return re.search(rb"^Inst chromium \((?!.*snap)", plan, re.MULTILINE) is not None


def attempt(*command: str) -> bool:
    """Run one command, its output going to the log; True if it succeeded."""
    done = subprocess.run(
        command, cwd=start.ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    note(" ".join(command) + "\n" + done.stdout.decode("utf-8", "replace"))
    return done.returncode == 0


def note(text: str) -> None:
    """Add what was tried to the log."""
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
