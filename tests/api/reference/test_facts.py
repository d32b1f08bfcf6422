"""Every fact of docs/taskrouter.md has a test that names it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from helpers.emulator.api.contract.differences import RULES
from tests.api.reference.facts import BEYOND, FACTS, SECTIONS, section_of

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
    """None is without, and no test names one that doesn't exist."""
    named = dict(named_facts())

    assert sorted({*FACTS} - named.keys() - BEYOND.keys()) == []
    assert {fact: test for fact, test in named.items() if fact not in FACTS} == {}


def test_every_number_stands_once() -> None:
    """Neither a section nor a fact shares its number, and each fact stands in its section."""
    numbers = [*SECTIONS, *FACTS]

    assert sorted({number for number in numbers if numbers.count(number) > 1}) == []
    assert {section_of(fact) for fact in FACTS} <= {*SECTIONS}


def test_every_section_has_facts() -> None:
    """Where one has none, it says why; a section with parts has them in its parts."""
    whole = {section.partition(".")[0] for section in SECTIONS if "." in section}

    assert {*SECTIONS} - whole - {section_of(fact) for fact in FACTS} - BEYOND.keys() == set()


def test_every_open_question_has_an_answer() -> None:
    """The support matrix answers each of section 14, under its number."""
    assert [*RULES] == [fact for fact in FACTS if section_of(fact) == "14"]
