"""Settings of a Workspace in the portal: what of them differs, what can't be saved, and the events filter as names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.emulator.display.in_node import evaluate

PAGE = "./static/pages/settings"
IMPORTS = f"""import {{ kindsOf, namesIn, unknownIn, withNames }} from "{PAGE}/events_filter.js";
import {{ changesOf, mistakesIn, settingsOf }} from "{PAGE}/settings_changes.js";
"""
TYPES = ["task.created", "task.updated", "task-queue.entered", "worker.activity.update"]
WORKSPACE = {"friendly_name": "Shop", "event_callback_url": None, "events_filter": None, "multi_task_enabled": True}


def ask(expression: str, folder: Path, **given: Any) -> Any:
    """Return the value of an expression of JavaScript about ``given``."""
    return evaluate(f"{IMPORTS}console.log(JSON.stringify({expression}));", folder, {"types": TYPES, **given})


def test_kind_stands_before_the_first_dot(tmp_path):
    """Each kind has its types, in their order."""
    assert ask("kindsOf(given.types)", tmp_path) == [
        ["task", ["task.created", "task.updated"]],
        ["task-queue", ["task-queue.entered"]],
        ["worker", ["worker.activity.update"]],
    ]


@pytest.mark.parametrize(
    ("text", "of", "is_on", "filtered"),
    [
        ("", ["task.updated", "task.created"], True, "task.created,task.updated"),
        (" worker.activity.update ,, odd", ["task.created"], True, "task.created,worker.activity.update,odd"),
        ("task.created,task.created,odd", ["task.created"], False, "odd"),
    ],
)
def test_boxes_write_the_filter(tmp_path, text, of, is_on, filtered):
    """Types come in their usual order and once; what is no type stays, at the end."""
    written = ask(
        "withNames(namesIn(given.text), given.of, given.on, given.types)", tmp_path, text=text, of=of, on=is_on
    )

    assert written == filtered
    assert ask("unknownIn(namesIn(given.text), given.types)", tmp_path, text=text) == (["odd"] if "odd" in text else [])


def test_only_what_differs_is_sent(tmp_path):
    """An empty URL and none are the same, and so are an empty filter and none."""
    changed = {"friendly_name": "Night", "event_callback_url": "", "events_filter": "task.created"}
    expression = "changesOf(given.workspace, {...settingsOf(given.workspace), ...given.changed})"

    sent = ask(expression, tmp_path, workspace=WORKSPACE, changed=changed)

    assert sent == {"FriendlyName": "Night", "EventsFilter": "task.created"}


def test_mistakes_come_from_the_top(tmp_path):
    """A name that is missing or too long, and a choice of no event; nothing is wrong with the Workspace as it is."""
    expression = "given.all.map((each) => mistakesIn({...settingsOf(given.workspace), ...each}))"
    cases = [{}, {"friendly_name": " ", "chooses_events": True}, {"friendly_name": "n" * 65}]

    fine, two, long = ask(expression, tmp_path, workspace=WORKSPACE, all=cases)

    assert (fine, list(two)) == ({}, ["friendly_name", "events_filter"])
    assert long == {"friendly_name": "The name has 65 of 64 characters."}
