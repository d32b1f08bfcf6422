"""A default stands in one place: changed there, it is changed wherever it counts."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from helpers.emulator.engine.model import defaults

ROOT = Path(__file__).resolve().parents[4]
HOME = ROOT / "helpers/emulator/engine/model/defaults.py"
FIELDS = {
    "attributes": defaults.ATTRIBUTES,
    "capacity": defaults.CAPACITY,
    "configured_capacity": defaults.CAPACITY,
    "max_reserved_workers": defaults.MAX_RESERVED_WORKERS,
    "multi_task_enabled": defaults.MULTI_TASK_ENABLED,
    "prioritize_queue_order": defaults.PRIORITIZE_QUEUE_ORDER,
    "priority": defaults.PRIORITY,
    "target_workers": defaults.TARGET_WORKERS,
    "task_channel": defaults.TASK_CHANNEL,
    "task_order": defaults.TASK_ORDER,
    "task_reservation_timeout": defaults.RESERVATION_TIMEOUT,
    "template": defaults.TEMPLATE,
    "timeout": defaults.TASK_TIMEOUT,
}
TIMEOUTS = (defaults.RESERVATION_TIMEOUT, defaults.TASK_TIMEOUT)
TEXTS = (defaults.TARGET_WORKERS, defaults.TASK_CHANNEL, defaults.SAMPLE_QUEUE, defaults.SAMPLE_WORKFLOW)


def test_default_changed_in_its_place_is_changed_everywhere():
    """Requests, seeds, copies for explanations, the API description and the support matrix take the new values."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.emulator.engine.changed_defaults"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr


def test_default_is_written_nowhere_else():
    """No field, argument or fallback in the helpers has a default of TaskRouter's as a literal of its own."""
    paths = [path for path in (ROOT / "helpers").rglob("*.py") if path != HOME]
    found = [f"{path.relative_to(ROOT)}:{line}" for path in paths for line in literals(path)]

    assert not found, "\n".join(found)


def literals(path: Path) -> Iterator[int]:
    """The lines that state a default once more."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Constant(value=value)):
                pairs = [(name, value)]
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=value)):
                pairs = [("timeout" if "timeout" in name.lower() and value in TIMEOUTS else name, value)]
            case ast.FunctionDef(args=args):
                pairs = [
                    (each.arg, default.value)
                    for each, default in zip(args.kwonlyargs, args.kw_defaults, strict=True)
                    if isinstance(default, ast.Constant)
                ]
            case ast.BoolOp(values=[*_, ast.Constant(value=value)]) | ast.IfExp(orelse=ast.Constant(value=value)):
                pairs = [("timeout", value)]
            case ast.IfExp(body=ast.Constant(value=value)) | ast.Compare(comparators=[ast.Constant(value=value)]):
                pairs = [("timeout", value)] if value in TEXTS or value in TIMEOUTS else []
            case ast.keyword(arg=str(name), value=ast.Constant(value=value)) if value in TEXTS:
                pairs = [(name, value)]
            case _:
                pairs = []
        if any(states_default(name, value) for name, value in pairs):
            yield node.lineno


def states_default(name: str, value: object) -> bool:
    """True if a thing of that name and value is a default of TaskRouter's."""
    if isinstance(value, str) and value in TEXTS:
        return True
    if name == "timeout":
        return type(value) is int and value in TIMEOUTS
    return name in FIELDS and type(value) is type(FIELDS[name]) and value == FIELDS[name]
