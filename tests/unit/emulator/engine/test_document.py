"""A Workflow's configuration, compiled."""

from __future__ import annotations

import gc
import json

import pytest

from helpers.emulator.engine.document import MAX_CONFIGURATION, Plan, compact_configuration, read_plan
from helpers.emulator.engine.refusals import Invalid


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


def test_what_is_stored_is_read_once() -> None:
    """The text as given and the text as stored are one configuration, however long its expressions are."""
    spaced = json.dumps(
        {"task_routing": {"filters": [{"expression": "a == 7", "targets": [{"queue": "WQ7"}]}]}}, indent=1
    )
    stored = compact_configuration(spaced)

    assert stored != spaced
    assert compact_configuration(spaced) is stored
    assert read_plan(stored).filters[0].expression.text == "a == 7"


def test_stored_text_keeps_the_limit() -> None:
    """Numbers may get longer when they are written out; what is stored must still be read at the next start."""
    numbers = ",".join(["1e9"] * 200_000)
    text = f'{{"task_routing": {{"default_filter": {{"queue": "WQ7"}}}}, "numbers": [{numbers}]}}'

    assert len(text) < MAX_CONFIGURATION
    with pytest.raises(Invalid, match="larger than 1038576 bytes"):
        compact_configuration(text)
