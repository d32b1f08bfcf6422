"""What the tests of checks share: the lesson's world, and the names that its cells make."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from helpers.lessons import cell_runs, checks, story
from helpers.lessons.checks import judging
from helpers.lessons.checks.exercise_hints import HintSteps
from helpers.lessons.lessons import catch_up
from helpers.lessons.progress import progress_keeping
from helpers.lessons.progress.progress_record import ProgressRecord
from tests.unit.lessons.checks.verdict_faults import faults_of


@pytest.fixture(autouse=True)
def _no_results(monkeypatch):
    """No exercise was tried, no hint given, and no cell ran."""
    monkeypatch.setattr(progress_keeping, "_unsaved", ProgressRecord())
    monkeypatch.setattr(checks, "_steps", HintSteps())
    monkeypatch.setattr(cell_runs, "_finished", [])


@pytest.fixture(autouse=True)
def _verdicts_are_short(monkeypatch):
    """Every verdict that a test meets, on a planted mistake or a right answer, has no fault."""
    verdicts = []

    def judge(*arguments):
        verdicts.append(judging.judge(*arguments))
        return verdicts[-1]

    monkeypatch.setattr(checks, "judge", judge)
    yield
    assert [fault for verdict in verdicts for fault in faults_of(verdict)] == []


@pytest.fixture
def desk(kernel):
    """Names of a lesson's cells, as the cells make them; ``begin`` runs its ``catch_up`` cell."""

    def begin(lesson):
        desk.story = catch_up(lesson)
        desk.workspace = story.workspace_of(kernel.client, desk.story)
        return desk

    desk = SimpleNamespace(client=kernel.client, connection=kernel, begin=begin)
    return desk
