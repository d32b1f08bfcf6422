"""What tests of the learner's application share: a folder of their own, and no app that runs on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpers.webapp import own_app

SMALL = 'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.get("/")\ndef home():\n    return "at home"\n'
"""An application that answers one request."""


@pytest.fixture
def write(monkeypatch, tmp_path) -> Iterator[Callable[[str], Path]]:
    """Function that writes the learner's file, in an empty folder; an app that runs is stopped at the end."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(own_app, "_current", None)
    file = tmp_path / "my_app" / "app.py"
    file.parent.mkdir()

    def write_file(text: str) -> Path:
        file.write_text(text, encoding="utf-8")
        return file

    yield write_file
    own_app.stop_app()
