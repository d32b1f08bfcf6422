"""Groups of statuses have names, and one home."""

from __future__ import annotations

import ast
from pathlib import Path

from helpers.emulator.engine.model import event_types, statuses

HELPERS = Path(__file__).resolve().parents[4] / "helpers"
HOME = HELPERS / "emulator/engine/model/statuses.py"
GROUPS = {
    name: value
    for name, value in vars(statuses).items()
    if name.isupper() and isinstance(value, tuple | dict) and not name.endswith("BY_REQUEST")
}


def test_group_of_statuses_is_written_nowhere_else():
    """No list, tuple or set of literals in the helpers is one that has a name in `statuses.py`."""
    found = [
        f"{path.relative_to(HELPERS)}:{line}: {name}"
        for path in HELPERS.rglob("*.py")
        if path != HOME
        for line, texts in literals(path)
        for name, group in GROUPS.items()
        if sorted(texts) == sorted(group)
    ]

    assert not found, "\n".join(found)


def test_groups_hold_known_statuses():
    """Every group is made of statuses that the tables of moves know."""
    tables = {"TASK_MOVES", "RESERVATION_MOVES"}
    known = {*statuses.TASK_MOVES, *statuses.RESERVATION_MOVES}

    assert len(GROUPS) > len(tables)
    assert {status for name, group in GROUPS.items() if name not in tables for status in group} <= known


def test_days_that_events_are_kept_are_written_once():
    """Nothing else multiplies days, hours and minutes to the time that events are kept."""
    nowhere = [
        str(path.relative_to(HELPERS))
        for path in HELPERS.rglob("*.py")
        if path.name != "event_types.py" and "30 * 24" in path.read_text(encoding="utf-8")
    ]

    assert event_types.KEPT_MINUTES == 30 * 24 * 60
    assert not nowhere


def literals(path: Path) -> list[tuple[int, list[str]]]:
    """The line and the texts of each list, tuple and set of texts in a file."""
    nodes = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.List | ast.Tuple | ast.Set)
    ]
    values = [(node.lineno, [getattr(each, "value", None) for each in node.elts]) for node in nodes]
    return [(line, found) for line, found in values if found and all(isinstance(each, str) for each in found)]
