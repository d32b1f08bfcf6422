"""Every citation of docs/taskrouter.md leads to a section or a fact of it, and its own links lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.reference.facts import FACTS, REFERENCE, SECTIONS

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("helpers", "tests", "docs", "notebooks")
KINDS = {".py", ".js", ".css", ".md", ".ipynb"}
NUMBER = r"(?:[Aa]ppendix A|\d+(?:\.\d+)?[a-z]{0,2})\b"
CITATION = re.compile(rf"\b(?:[Rr]eference|[Ss]ee) ({NUMBER}(?:(?:, | and | to ){NUMBER})*)")
OTHER_FORMS = re.compile(r"\breference(?:, (?:section|\d)| section|s \d| §)", re.I)


def files() -> Iterator[Path]:
    """Every text of the project in which a section can be cited."""
    yield from (ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "start.py"))
    for place in PLACES:
        yield from (path for path in (ROOT / place).rglob("*") if path.suffix in KINDS and path != Path(__file__))


TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in sorted(files())}
CITED = [
    (name, number)
    for name, text in TEXTS.items()
    for numbers in CITATION.findall(text)
    for number in re.findall(NUMBER, numbers)
]


def test_every_citation_leads_somewhere() -> None:
    """To a heading, or to a line that begins with the number."""
    known = {each.lower() for each in (*SECTIONS, *FACTS)}

    assert len(CITED) > 100
    assert [f"{name} cites {number}" for name, number in CITED if number.lower() not in known] == []


def test_a_citation_has_one_form() -> None:
    """``reference 3.4``, with a comma between several."""
    assert [f"{name}: {each}" for name, text in TEXTS.items() for each in OTHER_FORMS.findall(text)] == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("reference 3.2f", ["3.2f"]),
        ("(reference 7.3, 8.1; 15 seconds)", ["7.3", "8.1"]),
        ("Reference 1.1 to 1.7: transport", ["1.1", "1.7"]),
        ("(reference 1.8 and appendix A)", ["1.8", "appendix A"]),
    ],
)
def test_citations_are_found(text: str, numbers: list[str]) -> None:
    """In each form that a text may use, one number or several."""
    assert [number for each in CITATION.findall(text) for number in re.findall(NUMBER, each)] == numbers


def test_sources_have_addresses() -> None:
    """Each source in brackets has its link at the end, and each link is used."""
    text = re.sub(r"```.*?```|`[^`]*`", "", REFERENCE.read_text(encoding="utf-8"), flags=re.S)
    links = re.findall(r"^\[([^]]+)\]: https://\S+$", text, re.M)
    used = {re.sub(r"\s+", " ", each) for each in re.findall(r"\[([^]]+)\](?![(:])", text)}

    assert sorted(links, key=str.casefold) == links
    assert used == {*links}
