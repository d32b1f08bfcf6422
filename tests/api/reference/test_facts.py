"""Every fact of the reference has a test that names it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.api.reference.facts import BEYOND, FACTS, SECTIONS

TESTS = Path(__file__).resolve().parents[2]


def named_facts() -> Iterator[tuple[str, str]]:
    """Each ``(fact, test)`` that a ``reference`` marker brings together."""
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for decorator in getattr(node, "decorator_list", []):
                if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.reference":
                    yield from (
                        (ast.literal_eval(argument), f"{path.name}::{node.name}") for argument in decorator.args
                    )


def test_every_fact_has_a_test() -> None:
    """None is without, and no test names one that does not exist."""
    named = {fact for fact, _ in named_facts()}

    assert sorted(FACTS.keys() - named) == []
    assert sorted({fact: test for fact, test in named_facts() if fact not in FACTS}.items()) == []


def test_every_section_has_facts() -> None:
    """Nothing that an emulator can show is passed over."""
    covered = {fact.rstrip("abcdefghijklmnopqrstuvwxyz") for fact in FACTS}

    assert covered | BEYOND.keys() == set(SECTIONS)
