"""Sections and facts of ``docs/taskrouter.md``, which says how TaskRouter behaves and from where that is known.

A fact is a line such as ``- **3.2f** At the timeout …``. A test names the facts it shows with
``@pytest.mark.reference("3.2f")``; ``test_facts.py`` looks for one that has no test.
"""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["BEYOND", "FACTS", "REFERENCE", "SECTIONS", "section_of", "text_of"]

REFERENCE = Path(__file__).resolve().parents[3] / "docs" / "taskrouter.md"
_TEXT = REFERENCE.read_text(encoding="utf-8")

SECTIONS = re.findall(r"^##+ (\d+(?:\.\d+)?|Appendix A)\b", _TEXT, re.M)
"""Numbers of sections, in their order."""

FACTS = re.findall(r"^- \*\*(\d+(?:\.\d+)?[a-z]*)\*\* ", _TEXT, re.M)
"""Numbers of facts, in their order."""

BEYOND = {
    "2.1": "What legacy and Flex Workspaces have, and what the console calls its templates.",
    "3.1": "Transfers: there are none.",
    "3.2": "reservation.failed: nothing is known of when it happens.",
    "8.2": "Fields of add-ons, transfers and operating units.",
    "10": "14240 and some codes of voice; 429 comes only when it is asked for.",
    "11": "Requests a second: nothing here limits rates.",
    "13.1": "The lessons tell this story; their own tests hold them to it.",
    "Appendix A": "What may be null; every API test compares responses with the schemas.",
}
"""What no test with a mark shows, by section or fact."""


def section_of(fact: str) -> str:
    """Return the number of the section that ``fact`` stands in: ``3.2`` for ``3.2f``, ``14`` for ``14.1``."""
    section = fact.rstrip("abcdefghijklmnopqrstuvwxyz")
    return section if section in SECTIONS else section.partition(".")[0]


def text_of(section: str) -> str:
    """Return what stands under the heading of ``section``, up to the next heading."""
    _, _, rest = re.split(rf"^##+ ({re.escape(section)})\b", _TEXT, maxsplit=1, flags=re.M)
    return re.split(r"^##+ ", rest, maxsplit=1, flags=re.M)[0]
