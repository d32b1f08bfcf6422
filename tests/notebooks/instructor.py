"""Instructor's notebooks: plans whose rows have minutes, a clock for each lesson, and tables that name sections."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from nbformat import NotebookNode

from deploy.lessons import NotebookUnfit, minutes
from tests.notebooks.stopwatch import OPEN, minutes_of_sections, minutes_to_say

__all__ = [
    "Row",
    "count_minutes",
    "fill_in_plans",
    "find_unknown",
    "named_sections",
    "read_cuts",
    "read_plan",
    "table_rows",
]


class Row(NamedTuple):
    """Row of a plan; its lesson is empty for a break or a talk."""

    at: str
    minutes: int
    lesson: str
    is_whole: bool
    text: str
    late: str


def table_rows(source: str) -> list[list[str]]:
    """Return the rows of the tables in a cell, without headers."""
    lines = [line.strip()[1:-1] for line in source.splitlines() if line.startswith("|")]
    rows = [[each.strip() for each in line.split("|")] for line in lines]
    rules = [index for index, row in enumerate(rows) if set("".join(row)) == {"-"}]
    return [row for index, row in enumerate(rows) if index not in rules and index + 1 not in rules]


def read_plan(source: str) -> list[Row]:
    """Return the rows of a plan's cell, without the table of places below it.

    Raises:
        NotebookUnfit: a row can't be read; the text says what it needs.
    """
    rows = []
    for row in table_rows(source.partition("| At minute |")[0]):
        if len(row) != len(Row._fields) - 1 or not row[1].isdecimal():
            raise NotebookUnfit(
                f"A row of a plan has {row}. Write into its columns when it begins, whole minutes, a lesson or a name, "
                "what is done, and the cut; the last can be empty."
            )
        at, length, part, text, late = row
        rows.append(Row(at, int(length), part[:2] if part[:2].isdecimal() else "", part[2:] == "", text, late))
    return rows


def read_cuts(source: str) -> list[tuple[str, str, int, list[str]]]:
    """Return letter, lesson, minutes saved and sections of each cut of a plan's cell; no lesson is an empty text."""
    found = re.findall(r"^- \*\*(\w)\*\*, (?:no lesson|lesson (\d\d)), (\d+) minutes?: (.+)$", source, re.MULTILINE)
    return [(letter, lesson, int(saved), re.findall(r"\*([^*]+)\*", text)) for letter, lesson, saved, text in found]


def named_sections(text: str, headings: Sequence[str]) -> list[str]:
    """Return the sections that a row names: *A* to *B*, *C*, but not those that follow the word "without".

    Raises:
        NotebookUnfit: one isn't a section of the lesson, or isn't among those of which it's left out.
    """
    chosen: list[str] = []
    for clause in re.sub(r"“[^”]*”", "", text).split(";"):
        wanted, _, unwanted = clause.partition("without")
        for first, last in re.findall(r"\*([^*]+)\*(?: to \*([^*]+)\*)?", wanted):
            chosen += headings[_find(first, headings) : _find(last or first, headings) + 1]
        for each in re.findall(r"\*([^*]+)\*", unwanted):
            del chosen[_find(each, chosen)]
    return list(dict.fromkeys(chosen))


def count_minutes(row: Row, lesson: NotebookNode) -> float:
    """Return the minutes that a part of a lesson takes by the stopwatch, with what the instructor says."""
    taken = minutes_of_sections(lesson)
    said = sum(minutes_to_say(text) for text in re.findall(r"“([^”]*)”", row.text))
    return OPEN + said + sum(taken[each] for each in named_sections(row.text, list(taken)))


def fill_in_plans(plans: NotebookNode, lessons: Mapping[str, NotebookNode]) -> None:
    """Write minutes and clocks into the notebook of plans; ``lessons`` are by number, such as "03"."""
    in_a_room = {number: minutes(lesson)[1] for number, lesson in lessons.items()}
    for cell in plans.cells:
        kind, _, name = cell.id.partition("-")
        if kind == "plan":
            cell.source = _fill_in_places(_fill_in_plan(cell.source, in_a_room), lessons)
        elif kind == "modules":
            cell.source = _fill_in_meetings(cell.source, in_a_room)
        elif kind == "clock" and name in lessons:
            cell.source = _fill_in_clock(cell.source, lessons[name], in_a_room[name])


def _fill_in_plan(source: str, in_a_room: Mapping[str, int]) -> str:
    """Write into a plan the minutes of its whole lessons, and when each row begins."""
    lines = source.splitlines()
    rows = read_plan(source)
    taken = [in_a_room.get(row.lesson, row.minutes) if row.is_whole else row.minutes for row in rows]
    begins = itertools.accumulate([0, *taken])
    numbers = (index for index, line in enumerate(lines) if re.match(r"\| (\d+:\d\d)? ?\|", line))
    for index, begin, length in zip(numbers, begins, taken, strict=False):
        rest = lines[index].split("|", 3)[3]
        lines[index] = f"| {begin // 60}:{begin % 60:02} | {length} |{rest}"
    return "\n".join(lines)


def _fill_in_places(source: str, lessons: Mapping[str, NotebookNode]) -> str:
    """Write into a plan at which minute a room comes to each section of its table of places, which begins with one."""
    begins: dict[str, int] = {}
    for row in read_plan(source):
        if row.lesson and not row.is_whole:
            hours, rest = map(int, row.at.split(":"))
            taken = minutes_of_sections(lessons[row.lesson])
            chosen = named_sections(row.text, list(taken))
            whole = count_minutes(row, lessons[row.lesson])
            before = whole - sum(taken[each] for each in chosen)
            for each in chosen:
                begins[f"{row.lesson}, *{each}*"] = 60 * hours + rest + round(before * row.minutes / whole)
                before += taken[each]

    def fill_in(row: re.Match[str]) -> str:
        place = list(begins)[_find(row[1], list(begins))]
        return f"| {begins[place]} | {place} |"

    return re.sub(r"^\| \d+ \| (\d\d, \*[^*|]+\*) \|", fill_in, source, flags=re.MULTILINE)


def _fill_in_clock(source: str, lesson: NotebookNode, in_a_room: int) -> str:
    """Write into a lesson's clock at which of its minutes a room that does all of it comes to each section named."""
    taken = minutes_of_sections(lesson)
    begins = dict(zip(taken, itertools.accumulate([0.0, *taken.values()]), strict=False))
    stretch = in_a_room / sum(taken.values())

    def fill_in(row: re.Match[str]) -> str:
        begin = list(begins.values())[_find(row[1], list(begins))]
        return f"| {round(begin * stretch)} | *{row[1]}* |"

    return re.sub(r"^\|[^|*]*\| \*([^*|]+)\* \|", fill_in, source, flags=re.MULTILINE)


def _fill_in_meetings(source: str, in_a_room: Mapping[str, int]) -> str:
    """Write into the table of plans of whole lessons the minutes of each row; a slash parts meetings."""

    def add_up(meeting: str) -> str:
        ranges = re.findall(r"(\d\d)(?: to (\d\d))?", meeting)
        chosen = [each for first, last in ranges for each in in_a_room if first <= each <= (last or first)]
        return str(sum(in_a_room[each] for each in chosen))

    def fill_in(row: re.Match[str]) -> str:
        return f"{row[1]}{row[2]}| {' / '.join(map(add_up, row[2].split('/')))} |"

    return re.sub(r"^(\|[^|]+\| )(\d\d[^|]*)\|[^|]*\|", fill_in, source, flags=re.MULTILINE)


def _find(section: str, headings: Sequence[str]) -> int:
    if section in headings:
        return headings.index(section)
    near = difflib.get_close_matches(section, headings, n=1, cutoff=0.4)
    hint = f" Is it {near[0]!r} now?" if near else ""
    raise NotebookUnfit(
        f"A plan or clock of the instructor's names the section {section!r}, and it isn't there.{hint} Correct the "
        "name in notebooks/instructor/plans.ipynb."
    )


def find_unknown(sources: Iterable[str], headings: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the sections in "lesson 03, *Section*" that the lesson hasn't."""
    found = re.findall(r"(?:lesson )?(\d\d), \*([^*]+)\*", "\n".join(sources))
    return [f"{lesson}: {section}" for lesson, section in found if section not in headings.get(lesson, [])]
