"""Stopwatch for a room: minutes that each section of a lesson takes, from its words, cells, guesses and exercises."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from nbformat import NotebookNode

__all__ = ["GUESS", "OPEN", "RUN", "minutes_of_sections", "minutes_to_read", "minutes_to_say"]

READ_A_MINUTE, SAID_A_MINUTE = 200, 130
"""Words; of speech, at the pace of a talk that people follow in a second language."""

OPEN = 1.0
"""Minutes until a room has opened a lesson."""

RUN = 0.25
"""Minutes to run a code cell and find its output, until those who are slower have it, too."""

ANNOUNCE = 0.25
"""Minutes for the two sentences that an instructor says before a section with cells."""

LOOKED_AT = 60
"""Words of an output that people read, if it has more."""

GUESS, PICTURE = 0.5, 0.5
"""Minutes for a show of hands, and for a picture that the instructor explains."""

CHOICE, FUNCTION = 3.0, 5.0
"""Minutes for an exercise that is answered with a value, or with a function."""


def minutes_of_sections(notebook: NotebookNode) -> dict[str, float]:
    """Return the minutes of each section of a lesson, by its heading; the first is the title's.

    A section that says that it's extra takes none: a lesson's minutes don't include it.
    """
    taken: dict[str, float] = {}
    extra, announced = set(), set()
    section = ""
    for cell in notebook.cells:
        heading = re.search(r"^##? (.+)$", cell.source, re.MULTILINE) if cell.cell_type == "markdown" else None
        section = heading[1] if heading else section
        taken[section] = taken.get(section, 0 if taken else OPEN) + _minutes(cell)
        if cell.cell_type == "code":
            announced.add(section)
        if re.search(r"^This (?:exercise|section) is extra", cell.source, re.MULTILINE):
            extra.add(section)
    spoken = {each: minutes + ANNOUNCE * (each in announced) for each, minutes in taken.items()}
    return {each: 0.0 if each in extra else minutes for each, minutes in spoken.items()}


def minutes_to_read(text: str) -> float:
    """Return the minutes to read Markdown silently."""
    return _count_words(text) / READ_A_MINUTE


def minutes_to_say(text: str) -> float:
    """Return the minutes to say a text."""
    return _count_words(text) / SAID_A_MINUTE


def _minutes(cell: NotebookNode) -> float:
    if cell.cell_type == "code":
        if "exercise" in cell.metadata:
            return FUNCTION if "def " in cell.source else CHOICE
        words = sum(_count_words(_text(output)) for output in cell.outputs)
        return RUN + min(words, LOOKED_AT) / READ_A_MINUTE
    shown = re.sub(r"<details>.*?</details>", "", cell.source, flags=re.DOTALL)
    guesses, pictures = len(re.findall(r"Guess(?: first| again)?:", shown)), shown.count("```mermaid")
    prose = re.sub(r"```.*?```", "", shown, flags=re.DOTALL)
    return minutes_to_read(prose) + guesses * GUESS + pictures * PICTURE


def _text(output: Mapping[str, object]) -> str:
    data = output.get("data", {})
    plain = data.get("text/plain", "") if isinstance(data, Mapping) else ""
    return str(output.get("text", "")) or str(plain)


def _count_words(text: str) -> int:
    """Return the number of words in Markdown, without the addresses of links."""
    without_links: Iterable[str] = re.sub(r"\]\([^)]*\)", "]", text).split()
    return sum(any(character.isalnum() for character in word) for word in without_links)
