"""A world from a file is there before the first request, whole or not at all."""

from __future__ import annotations

import io
import json
import sys
from types import SimpleNamespace

import pytest

from helpers.emulator.emulator_errors import BadStart
from helpers.emulator.server import start
from helpers.emulator.server.administration.world_file import read_world

JSON = '{"workspaces": [{"friendly_name": "Care Desk", "workers": [{"friendly_name": "Alice"}]}]}'
YAML = """
workspaces:
  - friendly_name: Care Desk
    workers:
      - friendly_name: Alice
"""


def names(running):
    """Return the names of all Workspaces."""
    return running.call(lambda emulator: [each.friendly_name for each in emulator.workspaces(running.account_sid)])


@pytest.fixture
def write(tmp_path):
    """Write a file into a folder of its own, and return its path."""

    def write_file(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("world.json", JSON),
        ("world.yaml", YAML),
        ("world.YML", YAML),
        ("world.yaml", JSON),
        ("world", JSON),
        ("world.txt", "\n \n" + JSON),
        ("world", YAML),
        ("world.json", "\ufeff" + JSON),
    ],
)
def test_world_is_there_at_the_start(write, name, content):
    """By any name, as JSON or YAML, also with the mark that editors on Windows put before it."""
    with start(load=write(name, content)) as running:
        assert names(running) == ["Care Desk"]


def test_world_comes_from_standard_input(monkeypatch):
    """A dash is no file."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(YAML.encode())))

    with start(load="-") as running:
        assert names(running) == ["Care Desk"]


def test_what_exists_stays_as_it_is(write, tmp_path):
    """With kept data the same file can be named at every start: what is new in it is added."""
    with start(load=write("world.json", JSON), data=tmp_path / "data") as running:
        (before,) = running.snapshot()["records"]["workspace"]
    more = json.loads(JSON)["workspaces"] + [{"friendly_name": "Second"}]
    with start(load=write("world.json", json.dumps({"workspaces": more})), data=tmp_path / "data") as running:
        assert names(running) == ["Care Desk", "Second"]
        assert running.snapshot()["records"]["workspace"][0] == before


def test_snapshot_is_restored_where_nothing_is(write, tmp_path):
    """Its SIDs and its clock come along; where there is a Workspace, nothing is replaced."""
    with start(load=write("world.json", JSON), clock="lesson") as running:
        snapshot = running.snapshot()
    path = write("snapshot.json", json.dumps(snapshot))
    with start(load=path, data=tmp_path / "data", clock="real") as running:
        restored = running.snapshot()
        assert restored["clock"] == snapshot["clock"]
        assert [each["sid"] for each in restored["records"]["worker"]] == [snapshot["records"]["worker"][0]["sid"]]
        running.seed({"workspaces": [{"friendly_name": "Second"}]})
    with start(load=path, data=tmp_path / "data") as running:
        assert names(running) == ["Care Desk", "Second"]


def test_callbacks_of_the_world_are_sent(write):
    """Loading is creating: its events are told as always."""
    workspace = {"friendly_name": "Care Desk", "event_callback_url": "http://127.0.0.1:9/events", "events_filter": ""}
    seeded = {**workspace, "workers": [{"friendly_name": "Alice"}]}

    with start(load=write("world.json", json.dumps({"workspaces": [seeded]}))) as running:
        running.settle()
        told = [each.callback.parameters["EventType"] for each in running.deliveries()]

    assert "worker.created" in told


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("w.yaml", "", "w.yaml: It is empty"),
        ("w.yaml", " \n", "w.yaml: It is empty"),
        ("w.yaml", "# later", "Expected `object`, got `null`"),
        ("w.json", "[]", "Expected `object`, got `array`"),
        ("w.json", '{"workspaces": [}', "w.json, line 1, column 17: This is not JSON: Expecting value"),
        ("w.json", '{"workspaces": [], "workspaces": []}', "the key 'workspaces' appears twice"),
        ("w.json", '{"workspaces": [NaN]}', "NaN is not a number"),
        ("w.json", '{"workspaces": [1e999]}', "Out of range"),
        ("w.json", "[" * 200_000, "w.json: This cannot be read as JSON"),
        ("w.json", YAML, "w.json, line 2, column 1: This is not JSON"),
        ("w.yaml", "workspaces:\n\t- x", "w.yaml, line 2: This cannot be read as YAML: there is a tab"),
        ("w.yaml", b"workspaces: []\n# caf\xe9", "w.yaml, line 2: This is not UTF-8"),
        ("w.yaml", YAML.encode("utf-16"), "w.yaml, line 1: This is not UTF-8"),
        ("w.yaml", "workspaces: [{friendly_name: D, multi_task_enabled: yes}]", "got `str` - at `$.workspaces[0]"),
        ("w.yaml", "workspaces: [{name: D}]", "unknown field `name` - at `$.workspaces[0]`"),
        ("w.yaml", "workspaces: [{friendly_name: D}, {friendly_name: D}]", "2 Workspaces named 'D'"),
        ("w.yaml", "workspaces: [{friendly_name: D, workers: [{friendly_name: A, activity: Gone}]}]", "'Gone'"),
        ("w.json", '{"format": "taskrouter-emulator/0"}', "This is not a snapshot of the emulator"),
    ],
)
def test_bad_file_is_told(write, tmp_path, name, content, words):
    """The sentence has the place and what to do, and the data has nothing of it."""
    with pytest.raises(BadStart) as refused:
        start(load=write(name, content), data=tmp_path / "data")

    assert refused.value.what == "load"
    assert words in str(refused.value)
    assert str(refused.value).endswith("Nothing was loaded: correct the file, and start again.")
    with start(data=tmp_path / "data") as running:
        assert names(running) == []


def test_nothing_is_half_loaded(write, tmp_path):
    """What is wrong in the second Workspace keeps the first from being made, and SIDs from being used up."""
    bad = {"friendly_name": "Second", "tasks": [{"workflow": "Gone"}]}
    world = {"workspaces": [*json.loads(JSON)["workspaces"], bad]}
    with pytest.raises(BadStart, match="names the Workflow 'Gone'"):
        start(load=write("world.json", json.dumps(world)), data=tmp_path / "data", seed="tests")

    with start(data=tmp_path / "data", seed="tests") as again, start(seed="tests") as fresh:
        assert again.snapshot()["sids"] == fresh.snapshot()["sids"]
        assert names(again) == []


@pytest.mark.parametrize(("name", "words"), [("", "Is a directory"), ("gone.json", "No such file"), ("\0", "null")])
def test_file_that_cannot_be_read_is_told(tmp_path, name, words):
    """A directory, a missing file, an impossible name."""
    with pytest.raises(BadStart, match=words):
        read_world(f"{tmp_path}/{name}")


def test_file_that_is_too_large_is_told(write, monkeypatch):
    """A device that never ends is not read to its end."""
    monkeypatch.setattr(f"{read_world.__module__}._LARGEST", 1024 * 1024)

    with pytest.raises(BadStart, match="more than 1 MB"):
        read_world(write("world.json", " " * 1024 * 1025))
