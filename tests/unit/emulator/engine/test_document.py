"""A Workflow's configuration, compiled."""

from __future__ import annotations

import gc
import json

from helpers.emulator.engine.document import Plan, read_plan


def configuration(number: int, note: str) -> str:
    return json.dumps({"task_routing": {"default_filter": {"queue": f"WQ{number}", "note": note}}})


def plans_in_memory() -> int:
    gc.collect()
    return sum(isinstance(each, Plan) for each in gc.get_objects())


def test_same_text_is_compiled_once() -> None:
    """Routing asks for a plan at every step."""
    text = configuration(0, "")

    assert read_plan(text) is read_plan(text)


def test_large_plans_are_forgotten() -> None:
    """However many configurations of the largest size are sent, few are remembered: a plan may take 100 MB."""
    before = plans_in_memory()
    for number in range(50):
        read_plan(configuration(number, "x" * 1_000_000))

    assert plans_in_memory() - before <= 4


def test_remembered_ones_push_out_only_as_much_as_they_take() -> None:
    """Four of the largest size fit; a small one beside them does not make all of them be read again."""
    largest = [configuration(100 + number, "x" * 1_000_000) for number in range(4)]
    plans = [read_plan(text) for text in largest]
    read_plan(configuration(200, ""))

    assert [read_plan(text) for text in reversed(largest)] == plans[::-1]
    assert all(read_plan(text) is plan for text, plan in zip(largest, plans, strict=True))
