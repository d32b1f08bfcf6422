"""What the tests of progress share: a file of the test's own."""

from __future__ import annotations

import pytest

from helpers.lessons.progress import progress_keeping
from helpers.lessons.progress.progress_record import ProgressRecord


@pytest.fixture
def file(monkeypatch, tmp_path):
    """Path of the file for this test's progress, which isn't there yet."""
    path = tmp_path / "folder" / "progress.json"
    monkeypatch.setenv("TASKROUTER_PROGRESS", str(path))
    return path


@pytest.fixture
def restart(monkeypatch):
    """Forget what the kernel remembers, as a restart does."""

    def again():
        monkeypatch.setattr(progress_keeping, "_unsaved", ProgressRecord())

    again()
    return again
