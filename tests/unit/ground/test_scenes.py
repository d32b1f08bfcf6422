"""On a page everything comes out as on a machine: requests, responses, callbacks, faults, ports, branches."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.ground.scenes import SCENES

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def played():
    """What the scenes print on each ground, by its name."""
    command = [sys.executable, "-m", "tests.unit.ground.scenes"]
    processes = {
        ground: subprocess.Popen(
            command,
            cwd=ROOT,
            env={
                **os.environ,
                "TASKROUTER_GROUND": ground,
                "PYTHONHASHSEED": "0",
            },  # Starlette lists methods from a set
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for ground in ("machine", "page")
    }
    outputs = {ground: process.communicate() for ground, process in processes.items()}
    assert [error for _, error in outputs.values()] == ["", ""]
    return {ground: told.split("--- ") for ground, (told, _) in outputs.items()}


@pytest.mark.parametrize("name", [play.__name__ for play in SCENES])
def test_scene_comes_out_alike(played, name):
    """What a learner sees does not tell on which ground they stand."""
    on_machine, on_page = (
        next(told for told in played[ground] if told.startswith(f"{name}\n")) for ground in ("machine", "page")
    )

    assert len(on_page.splitlines()) > 3
    assert on_page == on_machine
