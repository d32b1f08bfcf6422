"""The machine's own Firefox, driven by Playwright with WebDriver BiDi."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import HOME, NoBrowser

__all__ = ["started_firefox"]

PROGRAMS = ("firefox", "firefox-esr", "/Applications/Firefox.app/Contents/MacOS/firefox")
RELAY = Path(__file__).with_name("firefox_relay.py")
ADVICE = "The site was not tried in Firefox: install Firefox (on Debian: sudo apt install firefox-esr), then try again."


@contextmanager
def started_firefox(*, dark: bool = False) -> Iterator[Browser]:
    """A headless Firefox, closed at the end of the block; NoBrowser where there is none.

    Args:
        dark: pages are told that dark colors are preferred; `Browser.new_context` can't say so here.
    """
    firefox = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if firefox is None:
        raise NoBrowser(ADVICE)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        program = Path(folder, "firefox")
        program.write_text(f'#!/bin/sh\nexec {shlex.join([sys.executable, str(RELAY), firefox])} "$@"\n')
        program.chmod(0o700)
        browser = playwright.firefox.launch(
            channel="moz-firefox",
            executable_path=program,
            env={**os.environ, "HOME": str(HOME)},  # it leaves notes of crashes there, whatever profile it is given
            firefox_user_prefs={"layout.css.prefers-color-scheme.content-override": 0 if dark else 1},
        )
        try:
            yield browser
        finally:
            browser.close()
